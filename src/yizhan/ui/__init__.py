"""The dress of the house 界面: layout, components, icons and the asset manifest. It knows no business."""
