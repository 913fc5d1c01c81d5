"""Every text a person gets: strict Jinja2 templates and their filters."""
