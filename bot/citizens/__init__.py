"""A citizen's feedback by chat: the data-use notice, one question each, a review, a code."""
