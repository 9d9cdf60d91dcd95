"""The annual report and the monthly bulletin: figures, their items, text, and the files."""
