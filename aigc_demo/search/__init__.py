"""Searching for good settings: trials of a few hundred steps, judged by how good their digits are and how soon.

The tutorial names the automatic search for hyper-parameters; here it is Optuna's, with two objectives.
"""

from aigc_demo.search.database import DatabaseStudy, is_url
from aigc_demo.search.definition import DEFAULT_STEPS, SAMPLERS, Definition, define
from aigc_demo.search.presence import workers
from aigc_demo.search.ranges import Range, narrowed, parse_over, searchable, usual_range, usual_ranges
from aigc_demo.search.results import Results, Trial
from aigc_demo.search.searches import Searches
from aigc_demo.search.searching import News, Searcher, check_digits
from aigc_demo.search.studies import StudyFolder, list_studies, studies_home

__all__ = [
    "DEFAULT_STEPS",
    "SAMPLERS",
    "DatabaseStudy",
    "Definition",
    "News",
    "Range",
    "Results",
    "Searcher",
    "Searches",
    "StudyFolder",
    "Trial",
    "check_digits",
    "define",
    "is_url",
    "list_studies",
    "narrowed",
    "parse_over",
    "searchable",
    "studies_home",
    "usual_range",
    "usual_ranges",
    "workers",
]
