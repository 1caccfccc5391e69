"""What browsers and search engines look for: OpenSearch, sitemap, robots."""

from __future__ import annotations

from flask import Blueprint

area = Blueprint("discovery", __name__)
