"""The web chat as an aiohttp application."""

from aiohttp import web

from bot.channels.web import devices, documents, events, linked, messages, pages, recordings, rehearsal, shell, week
from bot.channels.web.messages import LARGEST_PHOTO, only_our_pages
from bot.channels.web.pages import safe_headers
from bot.channels.web.site import SITE, Site


def application(site: Site) -> web.Application:
    """The application for a site; the rehearsal's bar is there only where there is a rehearsal."""
    app = web.Application(middlewares=[only_our_pages], client_max_size=LARGEST_PHOTO + 64_000)
    app[SITE] = site
    app.on_response_prepare.append(safe_headers)
    for each in (pages, messages, recordings, documents, events, devices, shell, linked):
        app.add_routes(each.routes)
    if site.rehearsing:
        app[rehearsal.REHEARSING] = site.rehearsing
        app.add_routes(rehearsal.routes)
        app.add_routes(week.routes)
    return app
