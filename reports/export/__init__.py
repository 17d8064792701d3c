"""The section, its figures and its codebook as files: Word, a web page, a spreadsheet, comma-separated values."""
