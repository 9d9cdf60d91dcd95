"""Findings about key funds: suspected, judged, rectified, closed."""
