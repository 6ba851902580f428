"""Words by which people name who or what a row is of."""

from __future__ import annotations

import re

_BEINGS = r"""
    patient user customer client subject person people speaker session household participant
    volunteer member student pupil driver rider runner athlete player author writer donor passenger
    employee worker tenant resident family twin singer artist applicant wearer
    animal horse cow sow herd litter dog mouse mice rat bird plant tree
"""
_THINGS = r"""
    device machine video clip scene song album cell_line eye slide tile house building camera site
    engine turbine pump vehicle vessel wafer specimen biopsy well_id recording thread conversation
    dialog contract document article (^|_)[psu]id$
"""
_ELSEWHERE = r"""
    paciente cliente usuario alumno vaca probando sujeto hablante hogar familia mascota
    patientin kunde kundin kunden proband sprecher haushalt kuh maschine schüler benutzer
    vache élève locuteur sujet foyer utilisateur paziente utente mucca soggetto parlante famiglia
"""
_PLACES = "store shop sensor station school hospital farm site account item product"
_ANY = "group id$ _id unit well"
BEING = re.compile(
    "|".join((*_BEINGS.split(), *_THINGS.split(), *_ELSEWHERE.split())), re.IGNORECASE
)
"""Somebody or something of which several rows are not independent."""
NUMBERED = re.compile(rf"^(?!.*({'|'.join(_PLACES.split())}))\w+_id$", re.IGNORECASE)
"""An identifier, but of no place and no ware."""
ENTITY = re.compile("|".join((BEING.pattern, *_PLACES.split(), *_ANY.split())), re.IGNORECASE)
"""The same, or a place or number that code groups rows by."""
