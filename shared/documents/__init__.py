"""Files that people exchange: official forms as workbooks and letters, read and written."""
