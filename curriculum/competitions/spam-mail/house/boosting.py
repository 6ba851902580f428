"""Gradient boosting on topics of the words and on what the mail looks like."""

import email
import re

import numpy as np
import pandas as pd
from sklearn.decomposition import TruncatedSVD
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline


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


def fit_predict(train, test):
    """Fifty topics are learnt from the training mails alone."""
    words = TfidfVectorizer(min_df=3, sublinear_tf=True)
    topics = make_pipeline(words, TruncatedSVD(50, random_state=0))
    topics.fit(train["mail"].map(cleaned))

    def features(table):
        said = topics.transform(table["mail"].map(cleaned))
        return np.column_stack([said, np.array([looks(mail) for mail in table["mail"]])])

    model = HistGradientBoostingClassifier(max_iter=150, learning_rate=0.08, random_state=0)
    score = model.fit(features(train), train["spam"]).decision_function(features(test))
    return pd.DataFrame({"id": test["id"], "spam": score})
