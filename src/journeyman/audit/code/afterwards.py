"""Columns whose names say that they come about after the outcome, or because of it."""

from __future__ import annotations

import re

_TOLD_LATER = {
    r"churn|cancel|attrit|left|leave|unsubscri|bajas?$|kuendig": r"""
        exit_ _exit winback win_back after_cancel cancel\w*_(reason|date|fee|call)
        churn_(reason|date) offboard terminat\w*_(date|reason)
        clos(ed|ing|ure)_(on|at|date) last_invoice_after settlement final_(bill|invoice|payment)
    """,
    r"default|charged?_?off|delinquen|npl$|^bad($|_)|bad_loan|loan_status|non_?payment": r"""
        recover(y|ies|ed) collections?_(recover|fee|agency|status|date) charge_?off_ write_?off
        settlement legal_action
        debt_sold total_(rec|pymnt) last_pymnt out_prncp
    """,
    r"fraud|scam": r"""
        chargeback dispute blocked_after investigat confirmed_by reimburs
        refund(ed)?_at case_(opened|closed) report(ed)?_(to|by)_
    """,
    r"readmi|died|death|mortality|surviv|deceased|sepsis|complication": r"""
        autopsy death_(date|cause) cause_of_death date_of_death
        palliative_consult length_of_stay (^|_)los(_days)?$ discharge_(disposition|destination)
        days_to_(death|readmission) readmi\w*_(date|reason|ward|cost) post_?mortem
    """,
    r"delay|late|eta$|minutes|duration|deliver|arriv": r"""
        actual_(arrival|delivery|time|minutes|duration) arriv(ed|al)_(at|time)$
        delivered_at delay_(reason|code|minutes) compensation signed_(at|by)
        complaint_after ^(carrier|weather|nas|security|late_?aircraft)_(delay|min)
    """,
    r"return|refund": r"""
        return_(reason|date|label|cost|code) refund_(amount|date|id) restock
    """,
    r"click|convert|conversion|purchase|bought|order|buy": r"""
        purchase_(amount|value|id) checkout_(time|total) after_(click|purchase)
        thank_?you_page
    """,
    r"fail|fault|break|defect|anomaly": r"""
        repair downtime replac(ed|ement)_ maintenance_after
        failure_(code|cause|date) fault_(code|cause) scrap rework
    """,
    r"no_?show|attend": r"""
        check_?in_(time|at) arrived_at no_show_(fee|reason) seen_by
    """,
    r"pass(ed)?$|graduat|dropout|drop_out|grade|final": r"""
        resit re_?exam certificate diploma graduation_date withdraw\w*_(date|reason)
    """,
    r"^(?!.*fraud).*claim": r"""
        claim_(amount|paid|settled|closed) payout settlement adjuster
    """,
    r"price|sold|sale": r"""
        sold_(price|at|for) commission closing_price final_price
    """,
}
"""For targets that are called so: patterns of columns that are known only later."""
_GENERAL = re.compile(
    r"^((days|weeks|months|hours|minutes|time)_)(to|until|till)_(settle|clos|resol|payout|recover|"
    r"repair|decision|death|churn|cancel|default|failure)|"
    r"(^|_)(after|post)_(event|outcome|churn|cancel\w*|default|fraud|discharge|delivery|failure|"
    r"purchase|sale|claim|death|diagnosis|readmission)(_|$)",
    re.IGNORECASE,
)
EARLIER = re.compile(
    r"(^|_)(prev|previous|prior|past|history|hist|before|earlier|lag\d*|yesterday|ago|vorjahr|"
    r"vorwoche|anterior|precedente)(_|$)|\d_?(mths?|months?|weeks?|days?|yrs?|years?)(_|$)|(^|_)last(_(year|month|week|quarter|season|winter|\d)|$)",
    re.IGNORECASE,
)
"""What a column is called that was measured before."""
_RULES = tuple(
    (re.compile(target, re.IGNORECASE), re.compile("|".join(columns.split()), re.IGNORECASE))
    for target, columns in _TOLD_LATER.items()
)


def comes_after(column: str, target: str) -> bool:
    """Whether a column is called like something that is known only after ``target`` is.

    >>> comes_after("winback_calls", "churned"), comes_after("winback_calls", "age")
    (True, False)
    >>> comes_after("n_chargebacks", "is_fraud"), comes_after("days_since_upgrade", "churned")
    (True, False)
    >>> comes_after("repairs_last_year", "failure")
    False
    """
    if column in {"", target} or EARLIER.search(column):
        return False
    if _GENERAL.search(column):
        return True
    return any(aim.search(target) and name.search(column) for aim, name in _RULES)
