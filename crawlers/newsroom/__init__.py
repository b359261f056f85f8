"""A small web server of made-up newsrooms in the outlets' real markup, for the demo and the tests.

Every story is our own; the markup is told in the templates. `truth` gives the true value of every field.
"""

from crawlers.newsroom.article import POPULAR, ArticleText, PopularItem, RelatedLink
from crawlers.newsroom.hosts import HOSTS
from crawlers.newsroom.render import GENERATIONS, render_article
from crawlers.newsroom.response import Request, Response, Shown
from crawlers.newsroom.scenario import TrueCounts, TrueEdition, TrueStory, listed_on, truth_edition
from crawlers.newsroom.server import Change, Logged, Newsroom, serve
from crawlers.newsroom.truth import TrueArticle, plain_truth, truth, week_truth

__all__ = [
    "GENERATIONS",
    "HOSTS",
    "POPULAR",
    "ArticleText",
    "Change",
    "Logged",
    "Newsroom",
    "PopularItem",
    "RelatedLink",
    "Request",
    "Response",
    "Shown",
    "TrueArticle",
    "TrueCounts",
    "TrueEdition",
    "TrueStory",
    "listed_on",
    "plain_truth",
    "render_article",
    "serve",
    "truth",
    "truth_edition",
    "week_truth",
]
