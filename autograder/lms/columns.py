"""A table of people by its headings, in the languages in which platforms write them."""

from __future__ import annotations

from autograder.grading.handins.receipts import STUDENT_ID
from autograder.roster import Student, clean_name
from autograder.tables import Table


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split("|"))


NAME = _words(
    "Full name|Name|Student|Student name|Vollständiger Name|Fullständigt namn|Namn|Nom complet|"
    "Nombre completo|Nome completo"
)
FIRST = _words("First name|Firstname|First|Given name|first_name|Vorname|Förnamn|Prénom|Nombre|Nome")
LAST = _words(
    "Last name|Lastname|Last|Surname|Family name|last_name|Nachname|Efternamn|Nom|Nom de famille|"
    "Apellido(s)|Apellidos|Cognome"
)
EMAIL = _words(
    "Email address|E-mail address|Email|E-mail|Mail|E-Mail-Adresse|E-postadress|E-post|"
    "Adresse de courriel|Dirección de correo|Dirección Email|Indirizzo email"
)
LOGIN = _words(
    "Username|User name|Login|User|Login ID|SIS Login ID|Anmeldename|Benutzername|Användarnamn|"
    "Nom d'utilisateur|Nombre de usuario"
)
ID_NUMBER = _words(
    "ID number|id_number|Student ID|Student number|ID-Nummer|Matrikelnummer|Numéro d’identification|"
    "Número de ID|SIS User ID"
)
ID = ("id", "student_id")
ALLOWED = "a name (or first name and last name), and email, login, ID number or id"


def people(table: Table) -> list[Student]:
    """A student for each row, with what its columns say; the id is "" unless a column ``id`` holds one."""
    name, first, last = (table.column(words) for words in (NAME, FIRST, LAST))
    email, login, number, own = (table.column(words) for words in (EMAIL, LOGIN, ID_NUMBER, ID))
    found = []
    for _, row in table.rows:
        both = f"{row.get(first, '')} {row.get(last, '')}" if last else row.get(first, "")
        keys = {"login": row.get(login, ""), "id_number": row.get(number, "")}
        given = row.get(own, "")
        found.append(
            Student(
                id=given if STUDENT_ID.fullmatch(given) else "",
                name=clean_name(row.get(name, "") or both),
                email=row.get(email, ""),
                keys={system: (key,) for system, key in keys.items() if key},
            )
        )
    return found


def has_people(table: Table) -> bool:
    return any(table.column(words) for words in (NAME, LAST, EMAIL, LOGIN, ID))
