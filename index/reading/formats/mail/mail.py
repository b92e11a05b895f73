"""Mail: one message (.eml), or a box of them (.mbox), as newsletters are kept."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator, Sequence
from email.message import EmailMessage, MIMEPart

from index.errors import ArticleError
from index.reading.cleaning.boilerplate import is_boilerplate
from index.reading.encoding.decode import decode
from index.reading.extracted import Extracted, Refused
from index.reading.formats.mail.foot import is_foot, own_words, speaks_of_mail
from index.reading.formats.mail.forwarded import FORWARDED, REPLIED, find_forwarded, passes_on
from index.reading.metadata.days import plausible_day
from index.reading.phrases import phrases
from index.text.sentences import ends_sentence
from index.told import tell, words_of

_MOST = 20_000
_BETWEEN = re.compile(rb"(?:\A|\n)From [^\n]*\n(?=[\x21-\x39\x3b-\x7e]+:)")
"""What stands between two mails; a header follows, unlike where a line of a mail begins so and was not marked."""
_BETWEEN_DIGESTED = re.compile(r"(?m)^-{30}$")
_AFTER_CONTENTS = re.compile(r"(?m)^-{70}$")
_PREFIX = re.compile(rf"^(?:(?:{FORWARDED}|{REPLIED}|vs|ynt|ilt|回复|返信)\s*[:：]\s*)+", re.IGNORECASE)
_RULE = re.compile(r"_{20,}|-{40,}|={40,}")
"""A line that programs of mailing lists put above what they add."""
_ADDRESS = re.compile(r"\w@\w|://|\bwww\.")
_LINKED = re.compile(r"(?P<words>.{5,80}?)\W{0,3}\s*<?https?://\S+$")
"""A line that has no more to say than where to go."""
_LINK = re.compile(r"<?https?://\S+")
_HEAD, _LONGEST_HEAD = 3, 300
_LONGEST_HINT = 100
_FEW = 2
_FOOT = 6
"""Lines at the end of a mail that may be its foot."""
_ENVELOPE = 200
"""Characters that may be told in a mail that is there for the one that it carries."""
_QUOTE = re.compile(r"^(?:> ?)+")
_FEWEST_BETWEEN = 20
"""Characters between what is quoted, that answer it in turn."""
_LEAVE = re.compile(r"<([^<>\s]{8,2000})>")
_NO_TEXT = tell("There is no text in this mail.")


def read_mail(data: bytes) -> Iterator[Extracted | Refused]:
    """The article in a mail; in one that is no more than the envelope of others, those."""
    try:
        yield from _read_all(data)
    except RecursionError:  # parts in parts, more than a thousand deep: made to do harm
        yield Refused(_NO_TEXT)


def _read_all(data: bytes) -> Iterator[Extracted | Refused]:
    message = email.message_from_bytes(data, policy=email.policy.default)
    outside, inside = _read(message), [_read(mail) for mail in (*_carried(message), *_digested(message))]
    longest = max((len(one.text) for one in inside if isinstance(one, Extracted)), default=0)
    is_own = isinstance(outside, Extracted) and len(outside.text) > min(_ENVELOPE, longest)
    is_digest = any(part.get_content_type() == "multipart/digest" for part in message.walk())
    is_digest = is_digest or next(_digested(message), None) is not None
    if not longest or (is_own and not is_digest):
        yield outside
    if longest and (len(inside) > 1 or not is_own):
        yield from inside


def read_mailbox(data: bytes) -> Iterator[Extracted | Refused]:
    """An article for each mail in a box (RFC 4155). Raises ``ArticleError`` if it is none."""
    starts = list(_BETWEEN.finditer(data))
    if not starts:
        raise ArticleError(tell('This is no mailbox: no line begins with "From ". Save single mails as .eml.'))
    if len(starts) > _MOST:
        raise ArticleError(tell("There are more than {most} mails in it. Split it.", most=_MOST))
    ends = [start.start() for start in starts[1:]] + [len(data)]
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1):
        for one in read_mail(re.sub(rb"(?m)^>(>*From )", rb"\1", data[start.end() : end])):
            if isinstance(one, Refused):
                yield Refused(tell("Mail {number}: {error}", number=number, error=one.reason))
            else:
                yield one


def _carried(message: MIMEPart) -> Iterator[EmailMessage]:
    """The mails in ``message``, without those that these carry themselves."""
    for part in message.iter_parts() if message.is_multipart() else ():
        if part.get_content_type() != "message/rfc822":
            yield from _carried(part)
        elif part.is_multipart() and isinstance(mail := part.get_payload(0), EmailMessage):
            yield mail


def _digested(message: EmailMessage) -> Iterator[EmailMessage]:
    """The mails in a digest that is plain text: each below a line of 30 hyphens, with its header (RFC 1153)."""
    preamble, *parts = _BETWEEN_DIGESTED.split(_part(message, "plain").replace("\r\n", "\n"))
    if not _AFTER_CONTENTS.search(preamble + "\n"):
        return
    for part in [_AFTER_CONTENTS.split(preamble + "\n", maxsplit=1)[1], *parts]:
        mail = email.message_from_string(part.strip(), policy=email.policy.default)
        if mail["subject"] and mail["from"]:
            yield mail


def _read(message: EmailMessage) -> Extracted | Refused:
    try:
        return _told(message)
    except ArticleError as error:
        return Refused(words_of(error))


def _told(message: EmailMessage) -> Extracted:
    plain, rich = _part(message, "plain"), _part(message, "html")
    subject = _header(message, "subject")
    leave = [one.removeprefix("mailto:") for one in _LEAVE.findall(_header(message, "list-unsubscribe"))]
    text, headings = own_words(rich, leave, passed_on=passes_on(subject)) if rich else ("", ())
    is_plain = len(plain) > len(text)
    if is_plain:
        text, headings = plain, ()
    sender, day = _sender(message), plausible_day(_header(message, "date"))
    carried = find_forwarded(text, subject, _ENVELOPE)
    if carried and len(carried.above) <= min(_ENVELOPE, len(carried.text)):
        text, sender, day = carried.text, carried.sender or sender, carried.day or day
    text = _footless(_headless(_unquoted(text) if is_plain else text, subject), leave)
    if not text.strip():
        raise ArticleError(_NO_TEXT)
    return Extracted(
        text=text,
        title=_PREFIX.sub("", subject),
        source=sender,
        published_at=day,
        headings=headings,
    )


def _part(message: EmailMessage, kind: str) -> str:
    """The text of the mail in one form; what is attached is not it."""
    try:
        part = message.get_body((kind,))
        if part is None:
            return ""
        payload = part.get_payload(decode=True)
        return decode(payload, [part.get_content_charset()]) if isinstance(payload, bytes) else ""
    except (LookupError, ValueError, AttributeError, KeyError, ArticleError):
        return ""


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except (ValueError, LookupError, AttributeError, IndexError):  # headers that the library can't take apart
        return ""


def _sender(message: EmailMessage) -> str | None:
    """The name of who sent it; addresses are nobody's business."""
    name = email.utils.parseaddr(_header(message, "from"))[0]
    return name if name and "@" not in name else None


def _headless(text: str, subject: str) -> str:
    """Without what stands above a newsletter: where it can be read in a browser."""
    lines = text.split("\n")
    of_mail = [number for number, line in enumerate(lines) if speaks_of_mail(line)]
    top = [number for number, line in enumerate(lines) if line.strip()][:_HEAD]
    head = [
        number
        for number in top
        if (found := _LINKED.fullmatch(lines[number].strip()[:_LONGEST_HEAD])) and is_boilerplate(found["words"])
    ]
    if top and top[:1] == of_mail[:1] and len(of_mail) <= _FEW and not speaks_of_mail(subject):
        first = lines[top[0]].strip()
        behind = lines[top[1]].strip() if len(top) > 1 else ""
        if len(first) <= _LONGEST_HINT and not first.endswith((".", "!")) and _LINK.fullmatch(behind):
            head += top[:2]
        elif _LINKED.fullmatch(first[:_LONGEST_HEAD]):
            head += top[:1]
    return "\n".join(line for number, line in enumerate(lines) if number not in head)


def _footless(text: str, leave: Sequence[str]) -> str:
    """Without what stands below a newsletter: why one gets it, how to get it no more, and who sends it."""
    lines = text.rstrip().split("\n")
    said = [number for number, line in enumerate(lines) if line.strip()]
    # What begins a mail is no foot: nothing would be left of it.
    foot = [
        number
        for number in said[1:][-_FOOT:]
        if phrases("mail_foot").match(lines[number].strip())
        or any(one in lines[number] for one in leave)
        or _is_foot_of_a_list(lines[number:])
        or (not lines[number - 1].strip() and is_foot(lines[number:]))
    ]
    return "\n".join(lines[: foot[0]]) if foot else text


def _is_foot_of_a_list(lines: list[str]) -> bool:
    """Whether ``lines`` are a rule and what lists add: addresses, and no sentence (whose end Thai never marks)."""
    if not _RULE.fullmatch(lines[0].strip()):
        return False
    return any(map(_ADDRESS.search, lines)) and not any(ends_sentence(line.strip()) for line in lines)


def _unquoted(text: str) -> str:
    """Without the mail that it answers, unless it does so in turn, and without the signature (RFC 3676, 4.3)."""
    text = re.split(r"(?m)^-- ?$", text.replace("\r\n", "\n"))[0]
    lines = text.split("\n")
    quoted = [number for number, line in enumerate(lines) if line.startswith(">")]
    if (
        quoted
        and sum(len(line.strip()) for line in lines[quoted[0] : quoted[-1]] if line[:1] != ">") >= _FEWEST_BETWEEN
    ):
        return "\n".join(_QUOTE.sub("", line) for line in lines)
    return "\n".join(line for line in lines if not line.startswith(">"))
