"""Columns and the moment when their value is known; the second route compares the times."""

# Each: text, then columns with the hours between the prediction and the moment when the value is known
# (negative: before), and the reason for those that come too late.
CASES = (
    ("On admission, a hospital predicts whether a patient has pneumonia.", (("age of the patient", -1, ""), ("temperature on admission", -0.5, ""), ("earlier stays in the hospital", -24, ""), ("smoker or not, from the form", -0.2, ""), ("antibiotics given on the ward", 6, "Antibiotics are given after the diagnosis."), ("days spent on the ward", 120, "The stay has only begun."))),
    ("When a loan is asked for, a bank predicts whether it will be repaid.", (("income on the form", -0.1, ""), ("number of earlier loans", -24, ""), ("years with the bank", -24, ""), ("amount asked for", -0.1, ""), ("number of reminders sent", 2000, "Reminders are sent when an instalment is late."), ("interest paid so far", 700, "Interest is paid only after the loan began."))),
    ("When an order comes in, a shop predicts whether the parcel will be sent back.", (("price of the article", -100, ""), ("size that was ordered", -0.1, ""), ("earlier returns of the customer", -24, ""), ("day of the week", 0, ""), ("date of the refund", 300, "A refund follows a return."), ("rating of the article in this order", 150, "The rating is written after delivery."))),
    ("When a payment is made, a card company predicts fraud.", (("amount of the payment", 0, ""), ("country of the shop", 0, ""), ("payments in the last hour", -0.1, ""), ("age of the card", -24, ""), ("card blocked later that day", 5, "The card is blocked because of the fraud."), ("complaint filed on this payment", 200, "The complaint follows the payment."))),
    ("Each Monday morning, a provider predicts which customers will cancel during the week.", (("months since the contract began", -24, ""), ("calls to the service last month", -72, ""), ("price of the contract", -24, ""), ("data used last week", -8, ""), ("calls with the cancellation team this week", 50, "Those calls take place when a customer cancels."), ("date of the final invoice", 200, "The final invoice is written after the customer has cancelled."))),
    ("At nine in the evening, a power company predicts tomorrow's demand.", (("demand of the past seven days", -2, ""), ("weather forecast made at eight", -1, ""), ("day of the week of tomorrow", -24, ""), ("demand on the same day last year", -8000, ""), ("temperature measured tomorrow", 18, "Tomorrow's measured temperature is not known tonight."), ("mean demand of tomorrow's week", 160, "That mean contains days still to come."))),
    ("Before a flight takes off, an airline predicts its delay on arrival.", (("scheduled time of departure", -700, ""), ("distance to the destination", -700, ""), ("delay of the same aircraft this morning", -3, ""), ("wind forecast for the route", -1, ""), ("actual time in the air", 3, "The time in the air is known after landing."), ("compensation paid to passengers", 400, "Compensation follows the delay."))),
    ("When a flat is put on the market, a site predicts its selling price.", (("area in m²", -24, ""), ("year of construction", -24, ""), ("floor of the flat", -24, ""), ("distance to the station", -24, ""), ("tax paid on the sale", 2500, "The tax is computed from the selling price."), ("number of viewings until the sale", 1500, "Viewings come after the flat is put on the market."))),
    ("At the end of week two, a course predicts who will finish it.", (("hours spent in week one", -100, ""), ("answers given in week two", -1, ""), ("language of the learner", -300, ""), ("exercises passed so far", -1, ""), ("date of the certificate", 1500, "The certificate is for those who finished."), ("total hours at the end of the course", 1500, "The total is known only at the end."))),
    ("When a machine is switched on in the morning, a factory predicts whether it will fail that day.", (("age of the machine", -24, ""), ("vibration during the last shift", -8, ""), ("days since the last service", -8, ""), ("load planned for the day", -1, ""), ("spare parts ordered that evening", 12, "Parts are ordered because it failed."), ("minutes of standstill that day", 14, "Standstill is the failure itself."))),
)
FEEDBACK = "This value is already in the system when the prediction is made. Being closely related to the target is no leak; ask when it is written down."


def generate(rng):
    text, columns = CASES[rng.integers(len(CASES))]
    late = [column for column in columns if column[1] > 0]
    early = [column for column in columns if column[1] <= 0]
    leak, _, reason = late[rng.integers(len(late))]
    honest = [early[i] for i in rng.choice(len(early), size=3, replace=False)]
    known = {name: hours for name, hours, _ in columns if name in {leak, *(h[0] for h in honest)}}
    return {
        "params": {
            "case": text,
            "rows": f"{int(rng.integers(3, 90)) * 1000:,}",
            "why": reason,
            "known": known,
        },
        "answer": capital(leak),
        "distractors": [
            {"value": capital(name), "misconception": "honest-column-suspected", "feedback": FEEDBACK}
            for name, _, _ in honest
        ],
    }


def capital(name):
    return name[0].upper() + name[1:]


def check(params):
    """Second route: the only column that is known after the moment of prediction."""
    (leak,) = [name for name, hours in params["known"].items() if hours > 0]
    return leak[0].upper() + leak[1:]
