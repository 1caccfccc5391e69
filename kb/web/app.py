"""The application factory."""

from __future__ import annotations

from flask import Flask

from kb.address import LANGUAGES
from kb.answer.answer import opening
from kb.answer.phrases import action_name, commencement_words
from kb.config import Config
from kb.web import (
    about,
    acts,
    admin,
    admin_build_page,
    admin_editions,
    admin_import,
    amendments,
    asking,
    compared,
    comparing,
    contact,
    discovery,
    feeds,
    health,
    notes,
    searching,
)
from kb.web.admin_guard import init_admin
from kb.web.commissioner import init_commissioner
from kb.web.compression import init_compression
from kb.web.days import init_days, today
from kb.web.discovery import init_discovery
from kb.web.errors import init_errors
from kb.web.facets import values_of
from kb.web.feeds import init_feeds
from kb.web.knowledge import init_knowledge, knowledge
from kb.web.languages import current_language, init_languages
from kb.web.limits import init_limits
from kb.web.links import init_links
from kb.web.navigation import navigation
from kb.web.reading import laid_out
from kb.web.security import init_security
from kb.web.states import (
    component_name,
    dated,
    day_notice,
    is_other_wording,
    named_act,
    named_by,
    unbroken,
)

AREAS = (
    asking.entrance,
    asking.area,
    searching.area,
    acts.area,
    notes.area,
    amendments.area,
    comparing.area,
    feeds.area,
    contact.area,
    about.area,
    discovery.area,
    health.area,
    admin.area,
    admin_import.area,
    admin_editions.area,
    admin_build_page.area,
)


def create_app(config: Config) -> Flask:
    """Make the site for one configuration; opens the index, and raises ``KbError`` if it cannot."""
    app = Flask(__name__)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    # What is kept of an index that another takes the place of would keep all of it.
    forget = (values_of.cache_clear, laid_out.cache_clear, compared.forget)
    init_knowledge(app, config, forget=forget)
    init_languages(app)
    init_links(app, config.site_url)
    init_security(app)
    init_limits(app, config)
    init_admin(app, config)
    init_days(app)
    init_commissioner(app, config)
    init_discovery(app)
    init_feeds(app, config)
    init_errors(app)
    init_compression(app)
    _init_templates(app)
    for area in AREAS:
        app.register_blueprint(area)
    return app


def _init_templates(app: Flask) -> None:
    app.jinja_env.globals.update(
        languages=LANGUAGES,
        action_name=action_name,
        commencement_words=commencement_words,
        day_notice=day_notice,
        is_other_wording=is_other_wording,
        component_name=component_name,
    )
    app.jinja_env.filters.update(
        dated=dated, named_act=named_act, named_by=named_by, opening=opening, unbroken=unbroken
    )
    app.context_processor(_page_values)


def _page_values() -> dict[str, object]:
    """What every page needs: the language, the acts, and the longest question."""
    return {
        "lang": current_language(),
        "acts": knowledge().acts,
        "max_question": knowledge().max_question,
        "navigation": navigation(),
        "printed_on": today(),
    }
