"""What the pages of notices and webhooks print."""

from dataclasses import dataclass

from frontend.views.parts import Badge, Choice, Fact, Field, FieldError


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """`href` leads to the page of the certificate, application or complaint."""

    text: str
    at: str
    href: str
    new: bool


@dataclass(frozen=True, slots=True)
class NoticesView:
    """`newest` is what is marked as read; `older` is empty on the last page; `shared` has no feed."""

    lines: tuple[NoticeLine, ...]
    unread: int
    newest: int
    older: str
    read_action: str
    feed_action: str
    shared: bool


@dataclass(frozen=True, slots=True)
class ShownOnceView:
    """Something secret, shown now and never again."""

    title: str
    text: str
    secret: str
    back: str
    back_words: str


@dataclass(frozen=True, slots=True)
class WebhookLine:
    address: str
    href: str
    state: Badge
    kinds: str


@dataclass(frozen=True, slots=True)
class WebhooksView:
    """`shared`: a demonstration account, which makes none; `kinds_error` stands beside the ticks."""

    lines: tuple[WebhookLine, ...]
    action: str
    field: Field
    kinds: tuple[Choice, ...]
    kinds_error: str
    errors: tuple[FieldError, ...]
    shared: bool


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    position: str
    what: str
    state: Badge
    tries: str
    answer: str
    again_action: str


@dataclass(frozen=True, slots=True)
class WebhookView:
    """Actions are empty where the webhook has been stopped."""

    address: str
    facts: tuple[Fact, ...]
    deliveries: tuple[DeliveryLine, ...]
    secret_action: str
    stop_action: str
    replay_action: str
    replay: Field
    errors: tuple[FieldError, ...]
