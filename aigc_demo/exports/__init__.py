"""Exports: a run taken away as a moving picture, a table, a program to read, or a page that plays by itself.

`FORMATS` lists them; each makes the bytes of one file from a `Run`, which may be alive or read from its folder. A trained
generator leaves in the forms of `model_export.MODEL_FORMATS`.
"""

from aigc_demo.exports.formats import FORMATS, Format, Options, find_format
from aigc_demo.exports.one_file import Page

__all__ = ["FORMATS", "Format", "Options", "Page", "find_format"]
