"""SpiffWorkflow as an engine: the same process in BPMN, its state saved after every step."""
