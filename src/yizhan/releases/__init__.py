"""Definitions of applications 应用包发布: read, checked, published, pinned. Knows no business."""
