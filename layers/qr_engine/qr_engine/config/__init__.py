"""The only reader of environment variables: every setting with its default and bounds, checked once at start."""

import os
import re
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from ..errors import ConfigurationError
from .rules import CONTRADICTIONS, HOST, PATTERNS, rule_of

__all__ = [
    "Address",
    "Mode",
    "Settings",
    "Signing",
    "Telemetry",
    "is_provisioned",
    "is_started_ahead",
    "load",
    "settings",
    "telemetry",
]

Address = tuple[str, int]
"""Host, as a name or an IP address, and TCP port."""

Mode = Literal["memory", "standalone", "cluster", "sentinel"]
Auth = Literal["none", "password", "iam"]
FirstLookup = Literal["wait", "skip"]
Signing = Literal["off", "required", "admin"]

Count = Annotated[int, Meta(ge=1)]
Bytes = Annotated[int, Meta(ge=0)]
Seconds = Annotated[int, Meta(ge=1, le=315_360_000, title="seconds")]
Milliseconds = Annotated[int, Meta(ge=1, le=30_000, title="milliseconds")]
CpuSeconds = Annotated[float, Meta(gt=0, le=900)]
Secret = Annotated[str, Meta(min_length=32)]

DEFAULT_TTL_MAX = 86_400


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The settings; each field is the environment variable of the same name in capitals, and `PATTERNS` has more rules.

    Attributes
    ----------
    redis_url
        ``redis://`` or ``rediss://`` address of a standalone Redis; None for another mode.
    redis_cluster_nodes
        Some nodes of a cluster, or its one configuration endpoint, as ``host:port,host:port``; the default port is
        6379.
    redis_sentinel_nodes, redis_sentinel_master
        The sentinels, as ``host:port,host:port`` (the default port is 26379), and the name of their master.
    redis_auth, redis_username, redis_password, redis_iam_cache_name
        The login: none (or the one in `redis_url`), a password and possibly a user, or an ElastiCache user with a token
        that the function's role signs for the cache of that name.
    redis_tls, redis_tls_ca_file
        Whether connections to a cluster, or to the sentinels and their master, are encrypted, and the file of the
        certificate authority if the system does not trust it. With `redis_url` the scheme decides.
    redis_entry_key, redis_entry_key_previous
        The secret that signs entries in Redis, and the previous one, whose entries remain valid until they expire.
    redis_prefix
        The prefix of every key, so that one Redis can serve several applications.
    redis_ttl, redis_ttl_max
        Seconds that a new entry lives (without Redis, in the memory tier), and the most that a popular one lives.
    redis_max_connections
        Most connections that one execution environment opens to one server.
    redis_enable_stats
        Whether Redis counts the lookups of all environments.
    redis_first_lookup
        Whether the first code of an environment waits for Redis, or skips the lookup if it is plain.
    redis_warm_cache
        Whether a schedule warms the cache, and the local server when it starts. The layer only checks it.
    redis_connect_timeout_ms, redis_first_connect_timeout_ms
        Milliseconds that a request may lose if Redis cannot be reached; the latter for the first attempt of an
        execution environment. If only the former is set, it applies to both.
    redis_timeout_ms
        Milliseconds that a request may lose to each of its two commands if Redis does not answer.
    memory_cache_bytes
        Size of the memory tier; 0 turns it off.
    memory_cache_ttl
        Seconds after which the memory tier asks Redis again, and so the longest that an entry outlives a clear.
    max_cpu_seconds
        Limit for the estimated seconds of processor time of one picture; None for no limit but the sizes.
    assets_bucket
        The bucket in S3 with the logos that requests may name, and with the styles; None for neither.
    assets_dir
        The folder with these logos and styles, instead of a bucket.
    require_style
        Whether every request for a code has to name a style.
    warm_patterns
        The address of the list of codes to warm, as ``s3://bucket/key`` or ``file:///path``.
    origin_secret
        The value that CloudFront sends in `x-origin-secret`, if all requests must come through it; None for no check.
    signing
        Which addresses have to be signed: none, those that draw or read pictures, or those of the cache routes.
    signing_key, signing_key_id
        The secret that signs addresses, and its name in `kid`; None for no name.
    signing_key_previous, signing_key_previous_id
        The previous secret, whose addresses remain valid, and its name.
    public_url
        The address of the service in its own description, or ``forwarded`` for the one that a proxy sends in
        X-Forwarded-Proto and X-Forwarded-Host; None for the one that the caller used.
    studio
        Whether ``/`` shows browsers the page; otherwise everybody gets the list of routes.
    """

    redis_url: str | None = None
    redis_cluster_nodes: str | None = None
    redis_sentinel_nodes: str | None = None
    redis_sentinel_master: str | None = None
    redis_auth: Auth = "none"
    redis_username: str | None = None
    redis_password: str | None = None
    redis_iam_cache_name: str | None = None
    redis_tls: bool = False
    redis_tls_ca_file: str | None = None
    redis_entry_key: Secret | None = None
    redis_entry_key_previous: Secret | None = None
    redis_prefix: str = "qr_engine_v2"
    redis_ttl: Seconds = 3600
    redis_ttl_max: Seconds = DEFAULT_TTL_MAX
    redis_max_connections: Count = 10
    redis_enable_stats: bool = True
    redis_first_lookup: FirstLookup = "wait"
    redis_warm_cache: bool = False
    redis_connect_timeout_ms: Milliseconds = 250
    redis_first_connect_timeout_ms: Milliseconds = 250
    redis_timeout_ms: Milliseconds = 250
    memory_cache_bytes: Bytes = 32 * 1024 * 1024
    memory_cache_ttl: Seconds = 60
    max_cpu_seconds: CpuSeconds | None = None
    assets_bucket: str | None = None
    assets_dir: str | None = None
    require_style: bool = False
    warm_patterns: str | None = None
    origin_secret: str | None = None
    signing: Signing = "off"
    signing_key: Secret | None = None
    signing_key_id: str | None = None
    signing_key_previous: Secret | None = None
    signing_key_previous_id: str | None = None
    public_url: str | None = None
    studio: bool = True

    @property
    def mode(self) -> Mode:
        """The kind of Redis that is the shared tier; "memory" if there is none."""
        if self.redis_url:
            return "standalone"
        if self.redis_cluster_nodes:
            return "cluster"
        return "sentinel" if self.redis_sentinel_nodes else "memory"

    @property
    def has_page(self) -> bool:
        """Whether there is a page for people; not if pictures need signatures, which a page cannot make."""
        return self.studio and self.signing != "required"

    @property
    def encrypted(self) -> bool:
        """Whether connections to Redis use TLS."""
        return self.redis_url.startswith("rediss:") if self.redis_url else self.redis_tls

    @property
    def cluster_nodes(self) -> tuple[Address, ...]:
        """The addresses in `redis_cluster_nodes`."""
        return _parse_addresses(self.redis_cluster_nodes, 6379)

    @property
    def sentinel_nodes(self) -> tuple[Address, ...]:
        """The addresses in `redis_sentinel_nodes`."""
        return _parse_addresses(self.redis_sentinel_nodes, 26379)

    def __repr__(self) -> str:
        """Show every setting, but of a secret only that it is set."""
        values = ((name, getattr(self, name)) for name in self.__struct_fields__)
        fields = (f"{name}={'…' if value and name in _SECRET else repr(value)}" for name, value in values)
        return f"Settings({', '.join(fields)})"


_SECRET = frozenset(
    {
        "origin_secret",
        "redis_url",
        "redis_password",
        "redis_entry_key",
        "redis_entry_key_previous",
        "signing_key",
        "signing_key_previous",
    }
)


def load(environment: Mapping[str, str]) -> Settings:
    """Read the settings from `environment`; an empty variable counts as unset.

    Raises
    ------
    ConfigurationError
        A value is invalid, or contradicts another; the message names the variables and the valid values.
    """
    texts = {name: environment.get(name.upper(), "").strip() for name in Settings.__struct_fields__}
    values: dict[str, Any] = {}
    for name, text in texts.items():
        if not text:
            continue
        try:
            values[name] = msgspec.convert(text, Settings.__annotations__[name], strict=False)
        except msgspec.ValidationError:
            raise _setting_error(name, text) from None
        if name in PATTERNS and isinstance(values[name], str) and not re.search(PATTERNS[name], text):
            raise _setting_error(name, text)
    configuration = Settings(**values)
    if "redis_ttl_max" not in values and configuration.redis_ttl > DEFAULT_TTL_MAX:
        configuration = msgspec.structs.replace(configuration, redis_ttl_max=configuration.redis_ttl)
    if "redis_first_connect_timeout_ms" not in values:
        configuration = msgspec.structs.replace(
            configuration, redis_first_connect_timeout_ms=configuration.redis_connect_timeout_ms
        )
    for contradicts, message in CONTRADICTIONS:
        if contradicts(configuration):
            raise ConfigurationError(f"{message}.")
    for name in ("redis_url", "redis_cluster_nodes", "redis_sentinel_nodes"):
        nodes = values.get(name)
        if nodes is None:
            continue
        hosts = re.sub(r"^rediss?://(?:.*@)?|/[0-9]*$", "", nodes)
        if any(not 0 < port < 65_536 for _, port in _parse_addresses(hosts, 1)):
            raise _setting_error(name, nodes)
    return configuration


@cache
def settings() -> Settings:
    """Return the settings of this process; they are read once."""
    return load(os.environ)


def is_started_ahead() -> bool:
    """Return whether this environment starts before a request waits for it: provisioned, or for a SnapStart image."""
    return os.environ.get("AWS_LAMBDA_INITIALIZATION_TYPE") in ("provisioned-concurrency", "snap-start")


def is_provisioned() -> bool:
    """Return whether this environment is provisioned, so that no request waits for its start."""
    return os.environ.get("AWS_LAMBDA_INITIALIZATION_TYPE") == "provisioned-concurrency"


def _setting_error(name: str, value: str) -> ConfigurationError:
    actual = "" if name in _SECRET else f", not {value!r}"
    setting = next(field for field in msgspec.structs.fields(Settings) if field.name == name)
    return ConfigurationError(f"{name.upper()} must be {rule_of(setting)}{actual}.")


def _parse_addresses(nodes: str | None, default_port: int) -> tuple[Address, ...]:
    matches = re.findall(rf"({HOST})(?::([0-9]+))?", nodes) if nodes else ()
    return tuple((host.strip("[]"), int(port or default_port)) for host, port in matches)


class Telemetry(msgspec.Struct, frozen=True):
    """The names of this process in logs and metrics, from the variables of Powertools for AWS Lambda."""

    service: str
    namespace: str
    metrics_disabled: bool
    version: str
    debugs: bool


@cache
def telemetry() -> Telemetry:
    """Return the settings of logs and metrics; they are read once."""
    return Telemetry(
        service=os.environ.get("POWERTOOLS_SERVICE_NAME") or "qr-engine",
        namespace=os.environ.get("POWERTOOLS_METRICS_NAMESPACE") or "QREngine",
        version=os.environ.get("AWS_LAMBDA_FUNCTION_VERSION", ""),
        debugs=os.environ.get("POWERTOOLS_LOG_LEVEL", "").upper() == "DEBUG",
        metrics_disabled=os.environ.get("POWERTOOLS_METRICS_DISABLED", "").lower() in ("1", "true", "yes", "on"),
    )
