"""Electronic forms 电子表单: a JSON Schema and a sheet of pages become questions, data, faults and print.

Pure: plain mappings in, plain mappings out. No table, no register, no request.
"""
