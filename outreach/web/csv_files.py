"""The names by which pages of tables know their files; see `table_files` for what they answer."""

from outreach.web.delimited import Cell, csv_text, safe_text
from outreach.web.table_files import table_response as csv_response

__all__ = ["Cell", "csv_response", "csv_text", "safe_text"]
