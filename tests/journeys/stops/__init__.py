"""Every page a person can open, and the addresses that are no pages 页面清单."""

from __future__ import annotations

from tests.journeys.stops.common import COMMON
from tests.journeys.stops.login import LOGIN
from tests.journeys.stops.portal import PORTAL
from tests.journeys.stops.staff import STAFF
from tests.journeys.stops.stop import Stop

STOPS: tuple[Stop, ...] = (*PORTAL, *COMMON, *LOGIN, *STAFF)

NO_PAGES = {
    "healthz": "for machines",
    "portal:robots": "for machines",
    "portal:deadlines_data": "for machines",
    "portal:clocks": "for machines",
    "portal:my_looks_data": "for machines",
    "portal:my_file_download": "a download",
    "portal:my_file_objection": "a button",
    "desk:clocks": "for machines",
    "desk:search_export": "a download",
    "desk:search_live": "a part of a page, while one types",
    "desk:places_view": "for machines",
    "desk:annul_card": "a button",
    "desk:suspend": "a button",
    "desk:resume": "a button",
    "desk:extend": "a button",
    "desk:answer_extension": "a button",
    "ui:favicon": "an icon",
    "ui:favicon.ico": "an icon",
    "demo:become": "a button",
    "portal:resume": "leads to the application",
    "portal:submit": "a button",
    "portal:discard": "a button",
    "portal:withdraw": "a button",
    "portal:urge": "a button",
    "portal:logout": "a button",
    "portal:mail_give_up": "a button",
    "portal:mandate_end": "a button",
    "portal:paper": "a download",
    "portal:file": "a download",
    "staff_end_sessions": "a button",
    "staff_change_post": "a button",
    "station:save": "saves while one types",
    "station:discard": "a button",
    "desk:claim": "a button",
    "desk:put_back": "a button",
    "desk:hand_over": "a button",
    "desk:ask_beside": "a button",
    "desk:answer_beside": "a button",
    "desk:call_off": "a button",
    "desk:send_back": "a button",
    "desk:take_back": "a button",
    "desk:urge": "a button",
    "desk:add_department": "a button",
    "desk:remove_department": "a button",
    "desk:terminate": "a button",
    "desk:reopen": "a button",
    "desk:paper": "a download",
    "desk:file": "a download",
    "desk:directory_template": "a download",
    "desk:workdays_template": "a download",
    "desk:imports_template": "a download",
    "desk:person_file_export": "a download",
    "desk:person_file_unmask": "a button",
    "desk:payment_list_close": "a button",
    "desk:payment_entry": "a button",
    "desk:payment_find": "leads to a payment",
    "desk:payment_list_export": "a download",
    "desk:redress_verify": "a button",
    "desk:redress_rectify": "a button",
}
