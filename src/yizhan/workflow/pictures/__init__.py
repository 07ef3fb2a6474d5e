"""The drawing of a process 流程图: what is drawn, where it stands, its shapes, and the same in words."""
