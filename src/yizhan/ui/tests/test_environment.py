import pytest
from django.template import engines
from django.utils.translation import override
from jinja2 import UndefinedError


def written(source, **context):
    return engines["jinja2"].from_string(source).render(context)


def test_a_forgotten_name_is_an_error():
    with pytest.raises(UndefinedError):
        written("{{ forgotten }}")


def test_contents_are_escaped():
    assert written("{{ name }}", name="<陈>") == "&lt;陈&gt;"


def test_a_constant_is_written_in_the_language_of_the_page_not_of_the_first_reader():
    template = engines["jinja2"].from_string("{{ 320|money }} {{ _('更多') }}")
    with override("en"):
        assert template.render() == "¥320.00 More"
    with override("zh-hans"):
        assert template.render() == "320.00 元 更多"


def test_addresses_with_queries():
    assert (
        written("{{ url('ui:preferences', query={'next': '/a?b=1'}) }}") == "/preferences?next=%2Fa%3Fb%3D1"
    )


def test_a_page_the_house_does_not_have_is_no_error_for_link():
    assert written("{{ link('nowhere:at-all') or 'none' }}") == "none"


def test_the_site_can_be_another_district(settings):
    settings.SITE = {"district": {"zh": "示范区", "en": "Model District"}, "mark": "示", "hotline": "12346"}
    source = "{{ site.mark }} {{ site.portal }} {{ site.sponsor }} {{ site.hotline }}"
    with override("zh-hans"):
        assert written(source) == "示 示范区政务服务网 示范区人民政府办公室 12346"
    with override("en"):
        assert written("{{ site.portal }}") == "Model District Government Services"
