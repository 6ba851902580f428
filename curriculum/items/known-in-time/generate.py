"""Which feature exists at the moment of the forecast."""

# story, moment, usable features, features that come too late (with the hours by which they do)
CASES = (
    ("Every evening at 20:00 a bakery in {town} forecasts how many loaves it will sell on the **next day**.", "at 20:00 the evening before",
     ("Sales on the same weekday last week", "Whether the next day is a public holiday", "Mean sales of the last seven days"),
     (("The next day's mean temperature, as measured", 28), ("Sales in the next day's first hour", 12), ("Mean sales of three days before and after", 76), ("The number of loaves thrown away next day", 22))),
    ("At admission a hospital in {town} forecasts whether a patient will stay **longer than a week**.", "at admission",
     ("The patient's age in years on arrival", "The number of stays in the last year", "Blood pressure measured on arrival"),
     (("The number of meals served on the ward", 48), ("The diagnosis code set at discharge", 96), ("The ward where the patient was discharged", 96), ("The total of the bill for the stay", 120))),
    ("At the moment of payment a bank in {town} forecasts whether a payment is **fraud**.", "at the moment of payment",
     ("Payments from this card in the last hour", "The amount compared with the usual one", "The country of the shop that is paid"),
     (("Whether the customer complained about it", 240), ("Payments from this card in the next hour", 1), ("Whether the card was blocked that day", 12), ("The result of the fraud team's inquiry", 480))),
    ("When an order is placed, a webshop in {town} forecasts whether the parcel will be **late**.", "when the order is placed",
     ("Share of late parcels in the last month", "Distance between warehouse and customer", "The weekday on which it was ordered"),
     (("The number of scans on the parcel's way", 30), ("Hours that the parcel spent in the depot", 36), ("The weather on the day of delivery, measured", 48), ("Whether the customer rang to ask for it", 72))),
    ("On 1 March an insurer in {town} forecasts which customers will **leave by the end of the year**.", "on 1 March",
     ("The number of claims in the last year", "Years since the contract was signed", "The premium paid in February"),
     (("The month of the last payment of the year", 7000), ("The discount offered on leaving", 5000), ("Calls to the cancellation line after March", 4000), ("The number of invoices in the whole year", 7000))),
    ("Every morning at 6:00 the town of {town} forecasts the **highest ozone value of the day**.", "at 6:00 in the morning",
     ("The highest ozone value of yesterday", "The weather service's forecast of 5:00", "Ozone measured at 5:00 this morning"),
     (("The highest temperature measured today", 12), ("The mean of today's hourly values", 18), ("Visitors to the outdoor pool today", 14), ("Ozone at the next town at noon today", 6))),
    ("When the season starts, a club in {town} forecasts how many **goals a player will score** in it.", "when the season starts",
     ("Goals that the player scored last season", "The player's age on the first day", "Minutes played in the last season"),
     (("Minutes that the player plays this season", 6000), ("The club's final place this season", 6500), ("The player's market value next summer", 5000), ("Penalties given to the club this season", 6500))),
    ("At midday a power company in {town} forecasts the **demand at 18:00** on the same day.", "at midday",
     ("Demand at 18:00 on the day before", "Demand at 11:00 on the same day", "The weather service's forecast of 10:00"),
     (("Demand at 17:00 on the same day", 5), ("The temperature measured at 18:00", 6), ("Mean demand of the whole day", 12), ("Mean demand between 12:00 and 16:00", 4))),
)  # fmt: skip
TOWNS = ("Leeds", "Cork", "Bergen", "Porto", "Gdynia", "Graz", "Turku", "Nantes")
FEEDBACK = "Picture the moment of the forecast: has this been recorded by then?"
MISTAKE = "feature-recorded-after-forecast"


def generate(rng):
    story, moment, usable, late = CASES[rng.integers(len(CASES))]
    right = str(rng.choice(usable))
    chosen = [late[i] for i in sorted(rng.choice(len(late), 3, replace=False))]
    return {
        "params": {
            "story": story.format(town=TOWNS[rng.integers(len(TOWNS))]), "moment": moment, "right": f"“{right}”",
            "late": "; ".join(f"“{text}”" for text, _ in chosen),
            "hours": {right: 0, **dict(chosen)},
        },
        "answer": right,
        "distractors": [
            {"value": text, "misconception": MISTAKE, "feedback": FEEDBACK + (
                " Even a few hours too late is too late." if hours <= 6 else " It is known only a day or more later." if hours > 24 else " It is known only hours later.")}
            for text, hours in chosen
        ],
    }  # fmt: skip


def check(params):
    """Decide by the recorded hours between the forecast and the moment a value is in."""
    (known,) = [text for text, hours in params["hours"].items() if hours <= 0]
    return known
