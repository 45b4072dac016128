"""Gunicorn's own logs, without secrets; named in gunicorn.conf.py."""

from gunicorn.config import Config
from gunicorn.glogging import Logger

from outreach.web.log_masking import WithoutSecrets


class MaskingLogger(Logger):  # type: ignore[misc]  # gunicorn has no types
    """The logs of requests and of errors."""

    def setup(self, cfg: Config) -> None:
        """Configure the logs as gunicorn does, and filter them."""
        super().setup(cfg)
        for log in (self.access_log, self.error_log):
            if not any(isinstance(known, WithoutSecrets) for known in log.filters):
                log.addFilter(WithoutSecrets())
