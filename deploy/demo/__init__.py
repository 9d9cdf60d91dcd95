"""The main job: a scenario's year, played through the public HTTP APIs by the people in it."""
