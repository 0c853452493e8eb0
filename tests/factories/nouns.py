"""Plain rows that claims are made of."""

import factory

from budgets.models.agency import Agency, Jurisdiction
from budgets.vocabulary import AgencyKind
from claims.models.dossier import Dossier
from claims.models.people import Office, Person


class JurisdictionFactory(factory.django.DjangoModelFactory[Jurisdiction]):
    """Thailand."""

    class Meta:
        model = Jurisdiction
        django_get_or_create = ("code",)

    code = "TH"
    name_en = "Thailand"
    name_th = "ประเทศไทย"


class AgencyFactory(factory.django.DjangoModelFactory[Agency]):
    """An office of its own name."""

    class Meta:
        model = Agency

    slug = factory.Sequence(lambda n: f"agency-{n}")
    kind = AgencyKind.OFFICE
    jurisdiction = factory.SubFactory(JurisdictionFactory)
    name_en = factory.Sequence(lambda n: f"Agency {n}")
    name_th = factory.Sequence(lambda n: f"หน่วยงาน {n}")


class PersonFactory(factory.django.DjangoModelFactory[Person]):
    """Somebody."""

    class Meta:
        model = Person

    slug = factory.Sequence(lambda n: f"person-{n}")
    name_en = factory.Sequence(lambda n: f"Person {n}")
    name_th = factory.Sequence(lambda n: f"บุคคล {n}")


class OfficeFactory(factory.django.DjangoModelFactory[Office]):
    """A post at an agency."""

    class Meta:
        model = Office

    slug = factory.Sequence(lambda n: f"office-{n}")
    agency = factory.SubFactory(AgencyFactory)
    title_en = factory.Sequence(lambda n: f"Office {n}")
    title_th = factory.Sequence(lambda n: f"ตำแหน่ง {n}")


class DossierFactory(factory.django.DjangoModelFactory[Dossier]):
    """A story."""

    class Meta:
        model = Dossier

    slug = factory.Sequence(lambda n: f"dossier-{n}")
    jurisdiction = factory.SubFactory(JurisdictionFactory)
    title_en = factory.Sequence(lambda n: f"Dossier {n}")
    title_th = factory.Sequence(lambda n: f"แฟ้ม {n}")
    summary_en = "A story."
    summary_th = "เรื่องหนึ่ง"
