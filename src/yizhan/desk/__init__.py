"""The workbench 工作台: what officials have to do, one case or many, and what they keep in order."""
