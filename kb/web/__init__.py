"""The site: a Flask application factory, one blueprint an area, templates and catalogues."""
