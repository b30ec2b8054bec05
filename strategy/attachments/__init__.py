"""Documents and photos: judged by what they are, cleaned, and kept in a folder beside the database.

A file is never run, and never told to a browser as a page. A photo is drawn anew, so that where it was taken
and all else that was written beside it is gone.
"""

from strategy.attachments.judging import LIMIT, Judged, judged
from strategy.attachments.pictures import thumbnail
from strategy.attachments.shelf import content, is_name, is_whole, put

__all__ = ["LIMIT", "Judged", "content", "is_name", "is_whole", "judged", "put", "thumbnail"]
