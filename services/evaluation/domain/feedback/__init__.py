"""Feedback of results: a notification with a deadline, the rectification, its verification."""
