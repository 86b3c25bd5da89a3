"""The cast of the demo world: its people, organisations and spaces. The tests know them by these keys."""

from dataclasses import dataclass

from palabre.people.models import Organisation, Person, Side
from palabre.spaces.models import Audience, Invited, Membership, Role, Space, Writing

PASSWORD = "under-the-baobab"  # noqa: S105 (printed at start; exists only in the demo world)


@dataclass(frozen=True)
class Part:
    """One person of the cast; without `account` they are spoken for."""

    key: str
    name: str
    organisation: str = "teranga"
    account: bool = True
    language: str = "fr"
    admin: bool = False
    bot: bool = False
    left: bool = False
    about: str = ""


ORGANISATIONS = {
    "teranga": ("Teranga Telecom", Side.COMPANY),
    "fibreplus": ("FibrePlus", Side.PARTNER),
    "sahel": ("Sahel Énergie", Side.PARTNER),
    "baobab": ("Clinique Baobab", Side.CUSTOMER),
}

PEOPLE = (
    Part("tom", "Tom Diallo-Weber", admin=True, about="Administre la plateforme, et répond au 4100."),
    Part("nadia", "Nadia Sow-Ferrand", about="Directrice générale."),
    Part("marc", "Marc Badiane-Roux", about="Anime les espaces, les campagnes et les consultations."),
    Part("coumba", "Coumba Ndoye-Sarr", about="Ingénieure accès fibre à Thiès."),
    Part("awa", "Awa Kanté-Diop", about="Technicienne réseau."),
    Part("idrissa", "Idrissa Bâ-Mendy", about="Responsable qualité du réseau."),
    Part("grace", "Grace Jatta-Cole", language="en", about="Customer care, Banjul."),
    Part("lea", "Léa Fontanel", about="Commerciale, comptes santé."),
    Part("ousmane", "Ousmane Sèye-Diatta", about="Service client, équipe du soir."),
    Part("binta", "Mame-Binta Wone", language="en", about="Roaming and interconnection."),
    Part("tidiane", "Tidiane Goudiaby-Sy", "fibreplus", about="Installateur, chef d’équipe."),
    Part("koffi", "Koffi Zinsou-Ade", "fibreplus", about="Ingénieur terrain."),
    Part("diego", "Diego Moreno-Faye", "sahel", language="en", about="Power systems engineer."),
    Part("ramata", "Dr Ramata Kébé-Lô", "baobab", about="Dirige la télémédecine de la clinique."),
    Part("ines", "Inès Carvalho-Dème", "", about="Cliente depuis 2016."),
    Part("moussa", "Moussa Thiam-Gaye", "", account=False),
    Part("fanta", "Fanta Biaye-Ndong", "", about="Cliente à Thiès, quartier Keur Issa."),
    Part("awaline", "Awa-Line Sagna-Biteye", "baobab", about="Fait tourner les trois sites de la clinique."),
    Part("adja", "Adja Mbengue-Sy", "fibreplus", about="Pose la fibre à Escale et à Randoulène."),
    Part("seynabou", "Seynabou Ka-Mbodj", about="Technicienne fibre, mesure et adressage."),
    Part("pape", "Pape Ndao-Lopy", about="Supervision du réseau, nuits impaires."),
    Part("isatou", "Isatou Ceesay-Jobe", language="en", about="Access network engineer, Banjul."),
    Part("khady", "Khady Faye-Mané", about="Service client, agence de Thiès Escale."),
    Part("abdou", "Abdou Gning-Tavares", language="en", about="Builds MyTeranga and the kiosk interface."),
    Part("relais", "Relais des alertes", bot=True),
    Part("bineta", "Bineta Lô-Camara", left=True),
)

# slug: name, audience, writing, language, partner organisations, purpose, members by role
SPACES: dict[str, tuple[str, str, str, str, tuple[str, ...], str, dict[str, tuple[str, ...]]]] = {
    "reseau": (
        "Réseau & fibre", Audience.TEAM, Writing.MEMBERS, "fr", (),
        "Construire et tenir le réseau d’accès, de la tranchée au premier octet.",
        {
            Role.STEWARD: ("marc", "idrissa"),
            Role.CONTRIBUTOR: ("coumba", "relais", "seynabou", "pape", "isatou"),
            Role.READER: ("awa",),
        },
    ),
    "service-client": (
        "Service client", Audience.TEAM, Writing.MEMBERS, "fr", (),
        "Ce que nous répondons, et ce que les appels nous apprennent.",
        {Role.STEWARD: ("ousmane",), Role.CONTRIBUTOR: ("grace", "lea", "khady")},
    ),
    "direction": (
        "Direction", Audience.TEAM, Writing.MEMBERS, "fr", (),
        "Préparer les arbitrages avant de les partager.",
        {Role.STEWARD: ("nadia",), Role.CONTRIBUTOR: ("marc", "lea")},
    ),
    "maison": (
        "Toute la maison", Audience.COMPANY, Writing.READERS, "fr", (),
        "Ce que chacun ici doit pouvoir lire, et compléter.",
        {Role.STEWARD: ("marc", "nadia"), Role.CONTRIBUTOR: ("awa", "coumba", "grace", "tom")},
    ),
    "produit": (
        "Product", Audience.COMPANY, Writing.MEMBERS, "en", (),
        "What we sell next, and why.",
        {Role.STEWARD: ("lea",), Role.CONTRIBUTOR: ("binta", "coumba", "nadia", "abdou")},
    ),
    "installateurs": (
        "Installateurs", Audience.PARTNERS, Writing.READERS, "fr", ("fibreplus",),
        "Le travail commun avec les équipes de pose.",
        {Role.STEWARD: ("coumba", "marc"), Role.CONTRIBUTOR: ("tidiane", "koffi", "adja", "awa", "idrissa")},
    ),
    "entraide": (
        "Entraide clients", Audience.CUSTOMERS, Writing.READERS, "fr", (),
        "Entre clients, avec nous : demander, répondre, proposer.",
        {Role.STEWARD: ("marc", "ousmane"), Role.CONTRIBUTOR: ("ramata", "awaline", "ines", "fanta", "awa")},
    ),
    "le-fil": (
        "Le Fil", Audience.PUBLIC, Writing.MEMBERS, "fr", (),
        "Le journal public de la maison.",
        {Role.STEWARD: ("marc",), Role.CONTRIBUTOR: ("lea", "grace", "nadia")},
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Cast:
    """The cast once built: `cast.people["awa"]`, `cast.spaces["reseau"]`, `cast.organisations["fibreplus"]`."""

    people: dict[str, Person]
    spaces: dict[str, Space]
    organisations: dict[str, Organisation]


def build() -> Cast:
    """Creates organisations, people and spaces with their members, in an instance that has none of them."""
    organisations = {
        key: Organisation.objects.create(name=name, slug=key, side=side) for key, (name, side) in ORGANISATIONS.items()
    }
    people = {part.key: _person(part, organisations) for part in PEOPLE}
    spaces = {slug: _space(slug, people, organisations) for slug in SPACES}
    return Cast(people, spaces, organisations)


def stands() -> bool:
    """Whether the people here are the cast, and not those of somebody's own company."""
    return Person.objects.filter(handle="tom", email="tom@teranga.example").exists()


def find() -> Cast:
    """The cast in an instance where it was built."""
    persons = {person.handle: person for person in Person.objects.select_related("organisation")}
    return Cast(
        {part.key: persons[part.key] for part in PEOPLE},
        {space.slug: space for space in Space.objects.filter(slug__in=SPACES)},
        {each.slug: each for each in Organisation.objects.filter(slug__in=ORGANISATIONS)},
    )


_hashed: list[str] = []


def _person(part: Part, organisations: dict[str, Organisation]) -> Person:
    organisation = organisations.get(part.organisation)
    person = Person.objects.create_person(
        part.name,
        handle=part.key,
        email=f"{part.key}@{part.organisation or 'exemple'}.example" if part.account and not part.bot else None,
        side=organisation.side if organisation else Side.CUSTOMER,
        organisation=organisation,
        language=part.language,
        languages=["fr", "en"] if part.language == "fr" else ["en", "fr"],
        time_zone="Africa/Dakar",
        about=part.about,
        is_admin=part.admin,
        is_bot=part.bot,
    )
    if person.email:
        if not _hashed:  # one slow hash for the whole cast
            person.set_password(PASSWORD)
            _hashed.append(person.password)
        person.password = _hashed[0]
    if part.left:
        person.left_at, person.is_active = person.joined_at, False
    person.save()
    return person


def _space(slug: str, people: dict[str, Person], organisations: dict[str, Organisation]) -> Space:
    name, audience, writing, language, partners, purpose, members = SPACES[slug]
    space = Space.objects.create(
        slug=slug, name=name, audience=audience, writing=writing, language=language, purpose=purpose
    )
    Invited.objects.bulk_create(Invited(space=space, organisation=organisations[key]) for key in partners)
    Membership.objects.bulk_create(
        Membership(space=space, person=people[key], role=role) for role, keys in members.items() for key in keys
    )
    return space
