"""Files and papers 文件·档案: what came in is kept as it was, what goes out can be verified."""
