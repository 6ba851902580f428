"""The house run: 60 seconds on two cores, no model and no setting chosen by hand."""

import email
import re

import numpy as np
import pandas as pd
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline

from journeyman.house import run


def words_of(mail):
    """Subject and readable parts of a mail as one text; attachments are left out."""
    message = email.message_from_bytes(mail)
    parts = [str(message.get("subject", ""))]
    for part in message.walk():
        if part.get_content_maintype() == "text":
            parts.append((part.get_payload(decode=True) or b"").decode("latin-1"))
    return " ".join(parts)


def cleaned(mail):
    """Marks of HTML out, addresses and numbers replaced: their values belong to the batch."""
    text = re.sub(r"<[^>]{0,500}>", " ", words_of(mail)).lower()
    text = re.sub(r"https?://\S+", " alink ", text)
    text = re.sub(r"\S+@\S+", " anaddress ", text)
    return re.sub(r"\d+", " anumber ", text)


def looks(mail):
    """Shares that a person would notice: capitals, exclamation marks, HTML, links, amounts."""
    text = words_of(mail)
    size = len(text) + 1
    letters = sum(one.isalpha() for one in text) + 1
    return [
        np.log(size),
        sum(one.isupper() for one in text) / letters,
        text.count("!") / size,
        text.count("<") / size,
        text.lower().count("http") / size,
        text.count("$") / size,
        sum(ord(one) > 127 for one in text) / size,
    ]


def subject(mail):
    """The subject without "Re:": answers to one letter belong together."""
    text = str(email.message_from_bytes(mail).get("subject", "")).lower()
    return re.sub(r"^((re|fwd?|\[[^\]]*\])[:\s]*)+", "", text).strip()


def fit_predict(train, test):
    """Topics of the words and what a mail looks like, with whole threads held out."""
    words = TfidfVectorizer(min_df=3, sublinear_tf=True)
    topics = make_pipeline(words, TruncatedSVD(100, random_state=0))
    topics.fit(train["mail"].map(cleaned))

    def features(table):
        said = topics.transform(table["mail"].map(cleaned))
        seen = np.array([looks(mail) for mail in table["mail"]])
        return pd.DataFrame(np.hstack([said, seen])).add_prefix("feature")

    house = run(
        features(train), train["spam"], task="binary", metric="recall@fpr=0.005", seconds=60,
        cores=2, groups=train["mail"].map(subject),
    )  # fmt: skip
    return pd.DataFrame({"id": test["id"], "spam": house.predict_proba(features(test))[:, 1]})
