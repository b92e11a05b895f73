"""A page as Discord components."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from discord import ui

from bot.discord.components.choices import ArticleMenu
from bot.discord.pages.page import Block, Page

_BUTTONS_A_ROW = 5


def page_view(
    page: Page,
    *buttons: ui.Item[Any],
    last: Sequence[ui.Item[Any]] = (),
    menu: ui.Item[Any] | None = None,
    below: Sequence[Block] = (),
) -> ui.LayoutView:
    """The page as a view; ``buttons`` stand under it, ``last`` together behind them, a ``menu`` and ``below``
    under these."""
    container: ui.Container[ui.LayoutView] = ui.Container(accent_colour=page.mood.value)
    _add(container, page.blocks)
    for row in _rows(buttons, last):
        container.add_item(ui.ActionRow(*row))
    for one in (menu, ArticleMenu(page.choices) if page.choices else None):
        if one:
            container.add_item(ui.ActionRow(one))
    _add(container, below)
    view = ui.LayoutView(timeout=None)
    view.add_item(container)
    return view


def _add(container: ui.Container[ui.LayoutView], blocks: Sequence[Block]) -> None:
    for block in blocks:
        if container.children and block.apart:
            container.add_item(ui.Separator())
        text: ui.TextDisplay[ui.LayoutView] = ui.TextDisplay(block.text)
        if block.link:
            open_: ui.Button[ui.LayoutView] = ui.Button(label=block.link.label, url=block.link.url)
            container.add_item(ui.Section(text, accessory=open_))
        else:
            container.add_item(text)


def _rows(buttons: Sequence[ui.Item[Any]], last: Sequence[ui.Item[Any]]) -> list[list[ui.Item[Any]]]:
    """The buttons in rows of five; the ``last`` stay together."""
    rows = [list(buttons[start : start + _BUTTONS_A_ROW]) for start in range(0, len(buttons), _BUTTONS_A_ROW)]
    if rows and len(rows[-1]) + len(last) <= _BUTTONS_A_ROW:
        rows[-1] += last
    elif last:
        rows.append(list(last))
    return rows
