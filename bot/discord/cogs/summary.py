"""/summary article, /summary topic, /timeline, and "Summarise" on a message."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing

import discord
from discord import app_commands
from discord.ext import commands

from bot.answer.answer import Answer
from bot.chat.budget import Asker
from bot.discord.answering import shown_answers
from bot.discord.client import NewsdeskBot
from bot.discord.cogs.ask import known_outlet, offered_outlets, read_day, read_filters
from bot.discord.components.choices import CHOICES, article_behind, fixed_choices, handle, label, matching_articles
from bot.discord.linked import MESSAGE_LINK, linked_article, message_behind
from bot.discord.live.answers import shown_once
from bot.discord.live.frames import Frame
from bot.discord.live.route import alone
from bot.discord.pages.answers import waiting
from bot.discord.pages.heads import Form
from bot.discord.pages.summaries import as_answer, timeline_shown
from bot.discord.scope import asker_of, place_of, scopes_for
from bot.discord.words import offered
from bot.discord.words import summaries as words
from bot.memory.deliveries import Delivery
from bot.summary import Estimate, Style, Summary
from index.article import ArticleRef
from index.errors import NewsdeskError

STYLES = fixed_choices(words.STYLES)
Length = app_commands.Range[int, 1, 30]


class Summaries(commands.Cog):
    """Summarises articles, topics and stories."""

    summary = app_commands.Group(name="summary", description=words.SUMMARY.english)

    def __init__(self, bot: NewsdeskBot) -> None:
        self.bot = bot
        self._menu = app_commands.ContextMenu(name=offered.SUMMARISE.english, callback=self.summarise_message)

    async def cog_load(self) -> None:
        self.bot.tree.add_command(self._menu)
        kinds = self.bot.live.kinds
        kinds["article"], kinds["topic"], kinds["timeline"] = (
            self._article_frames,
            self._topic_frames,
            self._timeline_frames,
        )

    async def cog_unload(self) -> None:
        self.bot.tree.remove_command(self._menu.name, type=self._menu.type)

    @summary.command(name="article", description=words.ARTICLE.english)
    @app_commands.describe(
        article=words.ARTICLE_OPTION.english, style=words.STYLE.english, length=words.LENGTH.english
    )
    @app_commands.choices(style=STYLES)
    async def article(
        self,
        interaction: discord.Interaction[NewsdeskBot],
        article: str,
        style: str = "bullets",
        length: Length | None = None,
    ) -> None:
        if link := MESSAGE_LINK.match(article.strip()):

            async def linked() -> discord.Message:
                return await message_behind(interaction, link)

            await self._summarise_link(interaction, linked, Style(style), length)
        else:
            found = await asyncio.to_thread(self._find, scopes_for(interaction.guild_id), article)
            request = {"chosen": handle(found.id), "style": style, "length": length}
            await self.bot.live.serve(interaction, "article", request, private=await alone(self.bot, interaction))

    @article.autocomplete("article")
    async def titles(
        self, interaction: discord.Interaction[NewsdeskBot], current: str
    ) -> list[app_commands.Choice[str]]:
        """The newest articles whose titles match."""
        scopes = scopes_for(interaction.guild_id)
        articles = await asyncio.to_thread(self.bot.app.library.articles, scopes, current, CHOICES)
        return [app_commands.Choice(name=label(ref), value=handle(ref.id)) for ref in articles]

    @summary.command(name="topic", description=words.TOPIC.english)
    @app_commands.describe(
        topic=words.TOPIC_OPTION.english,
        since=words.SINCE.english,
        until=words.UNTIL.english,
        source=offered.ASK_SOURCE.english,
        new_since=words.NEW_SINCE.english,
        style=words.STYLE.english,
        length=words.LENGTH.english,
    )
    @app_commands.choices(style=STYLES)
    async def topic(
        self,
        interaction: discord.Interaction[NewsdeskBot],
        topic: str,
        since: str | None = None,
        until: str | None = None,
        source: str | None = None,
        new_since: str | None = None,
        style: str = "bullets",
        length: Length | None = None,
    ) -> None:
        read_filters(source, since, until), read_day("new_since", new_since)  # what can't be read is said at once
        source = await known_outlet(self.bot, interaction.guild_id, source)
        narrowed = {"source": source, "since": since, "until": until, "new_since": new_since}
        request = {"topic": topic, "style": style, "length": length, **narrowed}
        await self.bot.live.serve(interaction, "topic", request, private=await alone(self.bot, interaction))

    @app_commands.command(name="timeline", description=words.TIMELINE.english)
    @app_commands.describe(
        topic=words.TOPIC_OPTION.english,
        since=words.SINCE.english,
        until=words.UNTIL.english,
        source=offered.ASK_SOURCE.english,
        length=words.LENGTH.english,
    )
    async def timeline(
        self,
        interaction: discord.Interaction[NewsdeskBot],
        topic: str,
        since: str | None = None,
        until: str | None = None,
        source: str | None = None,
        length: Length | None = None,
    ) -> None:
        read_filters(source, since, until)
        source = await known_outlet(self.bot, interaction.guild_id, source)
        request = {"topic": topic, "source": source, "since": since, "until": until, "length": length}
        await self.bot.live.serve(interaction, "timeline", request, private=await alone(self.bot, interaction))

    @topic.autocomplete("source")
    @timeline.autocomplete("source")
    async def outlets(
        self, interaction: discord.Interaction[NewsdeskBot], current: str
    ) -> list[app_commands.Choice[str]]:
        """The outlets of the newest articles."""
        return await offered_outlets(self.bot, interaction.guild_id, current)

    async def summarise_message(
        self, interaction: discord.Interaction[NewsdeskBot], message: discord.Message
    ) -> None:
        """Summarise the article that a message links."""

        async def given() -> discord.Message:
            return message

        await self._summarise_link(interaction, given, Style.BULLETS, None)

    @commands.Cog.listener()
    async def on_article_chosen(self, interaction: discord.Interaction[NewsdeskBot], chosen: str) -> None:
        """Show the main points of an article chosen from a menu, to whoever chose it."""
        request = {"chosen": chosen, "style": Style.BULLETS.value, "length": None}
        await self.bot.live.serve(interaction, "article", request, private=True)

    async def _summarise_link(
        self,
        interaction: discord.Interaction[NewsdeskBot],
        message: Callable[[], Awaitable[discord.Message]],
        style: Style,
        length: int | None,
    ) -> None:
        """Summarise the article that a message links. Only Discord has the message: a restart can't go on."""

        async def frames(delivery: Delivery) -> AsyncGenerator[Frame, None]:
            yield Frame(None)
            chosen = await linked_article(self.bot.app.library, scopes_for(interaction.guild_id), await message())
            async with aclosing(self._article(delivery, chosen, style, length)) as growing:
                async for frame in growing:
                    yield frame

        private = await alone(self.bot, interaction)
        await self.bot.live.serve(interaction, "linked-article", {}, private=private, frames=frames)

    async def _article_frames(self, delivery: Delivery) -> AsyncGenerator[Frame, None]:
        yield Frame(None)
        asked, scopes = delivery.request, scopes_for(delivery.place.guild_id)
        chosen = await asyncio.to_thread(article_behind, self.bot.app.library, scopes, asked["chosen"])
        if chosen is None:
            raise NewsdeskError(words.ARTICLE_GONE())
        async with aclosing(self._article(delivery, chosen, Style(asked["style"]), asked["length"])) as growing:
            async for frame in growing:
                yield frame

    async def _article(
        self, delivery: Delivery, chosen: ArticleRef, style: Style, length: int | None
    ) -> AsyncGenerator[Frame, None]:
        summariser, scopes = self.bot.app.summariser, scopes_for(delivery.place.guild_id)
        doing = _with_cost(words.READING_ARTICLE(), await summariser.estimate_article(chosen.id, scopes))

        def answers() -> AsyncGenerator[Answer, None]:
            return _as_answers(summariser.summarise(chosen.id, scopes, style, length, _asker(delivery)))

        async with aclosing(self._grown(delivery, answers, chosen.title, style, doing)) as growing:
            async for frame in growing:
                yield frame

    async def _topic_frames(self, delivery: Delivery) -> AsyncGenerator[Frame, None]:
        yield Frame(None)
        summariser, asked, scopes = self.bot.app.summariser, delivery.request, scopes_for(delivery.place.guild_id)
        topic, style = asked["topic"], Style(asked["style"])
        filters = read_filters(asked["source"], asked["since"], asked["until"])
        told_until = read_day("new_since", asked["new_since"])
        doing = _with_cost(words.READING_TOPIC(), await summariser.estimate_topic(topic, scopes, filters))

        def answers() -> AsyncGenerator[Answer, None]:
            asker = _asker(delivery)
            return _as_answers(
                summariser.summarise_topic(topic, scopes, filters, style, asked["length"], told_until, asker)
            )

        async with aclosing(self._grown(delivery, answers, topic, style, doing)) as growing:
            async for frame in growing:
                yield frame

    def _grown(
        self,
        delivery: Delivery,
        answers: Callable[[], AsyncGenerator[Answer, None]],
        heading: str,
        style: Style,
        doing: str,
    ) -> AsyncGenerator[Frame, None]:
        form = Form.TEXT if style is Style.PARAGRAPH else Form.POINTS
        return shown_answers(delivery, answers, self.bot, heading, form, first=waiting(heading, doing))

    async def _timeline_frames(self, delivery: Delivery) -> AsyncGenerator[Frame, None]:
        yield Frame(None)
        asked, place = delivery.request, delivery.place
        filters = read_filters(asked["source"], asked["since"], asked["until"])
        made = await self.bot.app.summariser.timeline(
            asked["topic"], scopes_for(place.guild_id), filters, asked["length"]
        )
        readers = place_of(place.guild_id, place.user_id)
        yield Frame(await shown_once(timeline_shown(made), readers, self.bot.app.memory), final=True)

    def _find(self, scopes: Sequence[str], text: str) -> ArticleRef:
        """The article chosen from the list, or the only one whose address or title matches what was typed."""
        matching = matching_articles(self.bot.app.library, scopes, text)
        if len(matching) > 1:
            raise NewsdeskError(words.SEVERAL_ARTICLES(text=text))
        if not matching:
            raise NewsdeskError(words.NO_SUCH_ARTICLE(text=text))
        return matching[0]


async def _as_answers(summaries: AsyncGenerator[Summary, None]) -> AsyncGenerator[Answer, None]:
    async with aclosing(summaries):
        async for summary in summaries:
            yield as_answer(summary)


def _with_cost(doing: str, estimate: Estimate) -> str:
    """``doing``, and what it takes if that is more than one call to the chat model."""
    if estimate.calls <= 1:
        return doing
    return f"{doing}\n{words.costly(estimate.calls, estimate.prompt_tokens + estimate.completion_tokens)}"


def _asker(delivery: Delivery) -> Asker:
    return asker_of(delivery.place.guild_id, delivery.place.user_id)


async def setup(bot: NewsdeskBot) -> None:
    await bot.add_cog(Summaries(bot))
