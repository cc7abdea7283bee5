"""The workspace's calendar: official days worked out once, kept in the store; the hospital's own days laid over them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from engine.calendar import Calendar, from_json, to_json, with_overrides, zone_of
from engine.errors import UserError
from engine.text import say

if TYPE_CHECKING:
    from engine.store.sqlite import SqliteStore
    from engine.workspace import Settings

_KEY = "calendar"


def workspace_calendar(store: SqliteStore, settings: Settings, now: datetime) -> Calendar:
    """Days from two years back to two years ahead; worked out anew when the year changes."""
    try:
        zone = zone_of(settings.zone)
    except (KeyError, ValueError):
        raise UserError(
            "unknown-zone",
            say("没有时区“{zone}”", "there is no time zone '{zone}'", zone=settings.zone),
            say("在工作区设置里写 zone: Asia/Shanghai", "write `zone: Asia/Shanghai` in the settings"),
        ) from None
    year = now.astimezone(zone).year
    kept = store.get_setting(_KEY)
    if not kept or kept.get("year") != year:
        from engine.calendar import official_days

        calendar = Calendar(zone, *official_days(range(year - 2, year + 3)))
        kept = {"year": year, **to_json(calendar)}
        store.put_setting(_KEY, kept)
    return with_overrides(from_json(kept, zone), {"off": settings.off, "work": settings.work})
