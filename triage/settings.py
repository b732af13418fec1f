"""All settings, read once at the edge from the environment (prefix `SALAMA_`) or `.env`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from knowledge.vocabulary import LANGUAGES
from triage.errors import ConfigurationError


class Settings(BaseSettings):
    """Settings with defaults that are safe on a laptop: SQLite, loopback, nothing sent anywhere."""

    model_config = SettingsConfigDict(
        env_prefix="SALAMA_", env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True
    )

    data: Path = Path(".salama")
    """Folder for the database, models and the passage index."""
    content: Path | None = None
    """A clinic's own content folder, laid over the packaged content; see docs/content/import.md."""
    database: str | None = None
    """SQLAlchemy address of the database; a SQLite file in `data` when not set, `none` to store nothing."""
    language: str = "en"
    """Language of the page before the patient chooses or writes another."""
    country: str | None = "MA"
    """Country whose numbers are shown first (two letters); the patient can choose another. Empty: none."""

    lm: str = "auto"
    """Language model: `none`, `auto` (the default model if pulled), a registry name, a folder or a GGUF file."""
    lm_backend: Literal["auto", "xllamacpp", "transformers", "openai"] = "auto"
    """How to run it; `auto` goes by `lm_url` and the kind of file."""
    lm_url: str | None = None
    """Address of an OpenAI-compatible server, e.g. http://127.0.0.1:8000/v1; wins over local models."""
    lm_key: SecretStr = SecretStr("none")
    """Key for that server."""
    lm_timeout: float = Field(default=8.0, gt=0, le=120)
    """Seconds after which reviewed text replaces a model that has not finished."""
    summary_timeout: float = Field(default=45.0, gt=0, le=300)
    """Seconds that a clinician who asked for a draft of the summary waits for the language model."""
    lm_threads: int = Field(default=2, ge=1, le=64)
    """Threads of a local model."""

    encoder: str = "auto"
    """Sentence encoder: `none`, `auto` (when it was pulled), or a registry name."""
    gestalt: bool = True
    """Whether a message that reads like an emergency as a whole raises the advice until the questions are answered."""
    second_voice: Literal["auto", "none"] = "none"
    """Whether the encoder also reads messages and may make Salama ask: `auto`, if thresholds were measured with it."""
    proposals: bool = False
    """Whether the language model also reads messages and may make Salama ask."""
    proposals_timeout: float = Field(default=1.5, gt=0, le=20)
    """Seconds that a question waits for the language model's proposals; the card is shown before."""

    host: str = "127.0.0.1"
    """Address to listen on."""
    port: int = Field(default=7860, ge=0, le=65535)
    """Port to listen on."""
    secret: SecretStr | None = None
    """Key that signs the encounter cookie; a random one each start when not set."""
    allowed_origins: tuple[str, ...] = ()
    """Web origins that may call the API from a browser (JSON list)."""
    frame_ancestors: tuple[str, ...] = ()
    """Web origins that may show `/embed` in a frame (JSON list)."""
    max_characters: int = Field(default=4000, ge=100, le=100_000)
    """Longest message that is read whole; of a longer one the beginning and the end are read."""
    max_body: int = Field(default=1_048_576, ge=1024)
    """Largest request body in bytes."""
    rate_client: str = "3000/minute"
    """Most API requests from one address, such as `600/minute`; `none` for no limit."""
    rate_encounter: str = "30/minute"
    """Most API messages in one encounter; `none` for no limit."""
    rate_storage: str = "memory://"
    """Where requests are counted: in this process, or e.g. `redis://host:6379` for several."""
    clinic: Path | None = None
    """YAML file with the clinic's name, services, opening hours and allowed origins."""
    require_signed: bool = False
    """Refuse to start while any content is not signed by a clinician, or was altered since."""

    @field_validator("language")
    @classmethod
    def _spoken(cls, value: str) -> str:
        if value not in LANGUAGES:
            raise ValueError(f"unknown language {value!r}; choose one of: {', '.join(LANGUAGES)}")
        return value

    @property
    def models(self) -> Path:
        """Folder of pulled models."""
        return self.data / "models"

    @property
    def index(self) -> Path:
        """Folder of the passage index."""
        return self.data / "index"

    @property
    def phrases(self) -> Path:
        """Folder of the vectors of lay phrases."""
        return self.data / "phrases"

    @property
    def database_url(self) -> str | None:
        """SQLAlchemy address, or None to store nothing."""
        if self.database == "none":
            return None
        return self.database or f"sqlite:///{self.data / 'salama.db'}"


def read_settings() -> Settings:
    """Read the settings.

    Raises:
        ConfigurationError: A value is wrong; the message names the setting and what it may be.
    """
    try:
        return Settings()
    except ValidationError as error:
        wrong = error.errors()[0]
        name = "SALAMA_" + "_".join(str(part) for part in wrong["loc"]).upper()
        raise ConfigurationError(f"setting {name} has value {wrong['input']!r}: {wrong['msg']}") from None
