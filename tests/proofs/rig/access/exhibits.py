"""What each address may show of the registers 各页面可显示的内容; a new address that stands nowhere here fails the proof.

An exhibit is a word of the rule (``rule.Rule.may``). ``nothing`` is the strictest: not one planted value of anybody but
of the resident who asks about herself. When you add an address, add it here, with the least that it has to show.
"""

from __future__ import annotations

# Addresses that show something of the registers: with GET, and with a form that states why.
SHOWS: dict[str, tuple[str, str]] = {
    "desk:search": ("found", "search"),
    "desk:search_live": ("found", "found"),
    "desk:search_export": ("nothing", "search"),
    "desk:residents": ("nothing", "search"),
    "desk:person_file": ("nothing", "file"),
    "desk:person_entry": ("nothing", "file"),
    "desk:person_death": ("nothing", "file"),
    "desk:person_household": ("nothing", "file"),
    "desk:person_new": ("nothing", "search"),
    "desk:person_file_export": ("nothing", "file"),
    "desk:person_file_unmask": ("nothing", "file"),
    "desk:companies": ("companies", "companies"),
    "desk:company": ("companies", "companies"),
    "desk:company_entry": ("companies", "companies"),
    "desk:place": ("occupants", "occupants"),
    "desk:room": ("room", "room"),
    "desk:guarding": ("guarding", "guarding"),
    "desk:case": ("case", "case"),
    "desk:paper": ("case", "case"),
    "desk:file": ("case", "case"),
    "desk:filed_form": ("case", "case"),
    "station:draft": ("draft", "draft"),
    "station:save": ("draft", "draft"),
}

# Addresses of the registers that show nothing of anybody, or only of whoever asks.
_REGISTERS = """
    desk:imports desk:imports_template desk:imports_undo desk:places desk:places_view desk:grids desk:grid
    desk:looks desk:marked_looks
    portal:my_file portal:my_file_download portal:my_looks portal:my_looks_data portal:companies portal:company
    portal:company_file portal:mandate_end portal:real_name portal:facilities station:resident demo:people demo:outbox
    portal:my_licences portal:licence portal:licence_show portal:licence_paper portal:licence_shown portal:licence_ask
    portal:licence_statistics
    portal:my_file_objection portal:contact portal:contact_change portal:contact_code portal:laws portal:law
    desk:licences desk:licence desk:licence_act desk:licences_granted desk:licence_opened portal:licence_authorise
    portal:licence_authorisation_end
    desk:laws desk:laws_mending desk:law desk:law_new desk:law_entry
"""
# The rest of the house: nothing of a register stands there, but of the case that one handles or applied for.
_HOUSE = """
    healthz ui:preferences ui:keys ui:favicon ui:favicon.ico ui:gallery demo:become
    account_login account_logout account_inactive staff_set_up mfa_authenticate account_reauthenticate
    mfa_reauthenticate account_change_password mfa_activate_totp mfa_view_recovery_codes mfa_index mfa_deactivate_totp
    mfa_generate_recovery_codes staff_sessions staff_end_sessions staff_change_post
    portal:home portal:items portal:guide portal:begin portal:resume portal:check portal:submit portal:discard portal:page
    portal:receipt portal:progress portal:case portal:supplement portal:mend portal:clocks portal:withdraw portal:urge
    portal:blank_form portal:filed_form
    portal:paper portal:file portal:mine portal:messages portal:message portal:channels portal:login portal:login_code
    portal:logout portal:deadlines portal:deadlines_data portal:verify portal:verified portal:verify_data
    portal:accessibility
    portal:privacy portal:robots portal:sitemap portal:mail portal:mail_confirm portal:mail_give_up portal:rate
    portal:rate_thanks portal:rate_by_token portal:notices portal:notice portal:scenario portal:payments
    station:home station:discard station:done station:receipt
    desk:home desk:batch desk:messages desk:claim desk:put_back desk:hand_over desk:complete desk:supplement
    desk:ask_beside desk:answer_beside desk:call_off desk:send_back desk:take_back desk:urge desk:add_department
    desk:remove_department desk:terminate desk:reopen desk:record_delivery desk:clocks desk:suspend desk:resume desk:extend
    desk:answer_extension desk:extensions desk:late desk:cards desk:card desk:annul_card desk:delegations desk:units
    desk:unit desk:post desk:post_roles desk:people desk:person desk:set_up_link desk:roles desk:role
    desk:all_delegations desk:directory desk:directory_template desk:divisions desk:workdays desk:workdays_template
    desk:workdays_report desk:moves desk:running desk:payments desk:payment_list desk:payment_list_close
    desk:payment_list_export desk:payment_find desk:recoveries desk:payment desk:payment_account desk:payment_entry
    desk:payment_order desk:redress_list desk:redress desk:redress_verify desk:redress_rectify
    desk:seals desk:seal desk:seal_make desk:seal_change portal:timestamp portal:authority_file
"""
QUIET = frozenset(_REGISTERS.split()) | frozenset(_HOUSE.split())

# What a form of these does to the session it comes with; they are opened, and no form is sent to them.
_OF_SESSIONS = """
    account_login account_logout account_inactive staff_set_up mfa_authenticate account_reauthenticate
    mfa_reauthenticate account_change_password mfa_activate_totp mfa_view_recovery_codes mfa_deactivate_totp
    mfa_generate_recovery_codes staff_end_sessions staff_change_post portal:login portal:login_code portal:logout
    demo:become ui:preferences
"""
KEEPS_OUT = frozenset(_OF_SESSIONS.split())
# Opening them ends the session or begins another.
NOT_OPENED = frozenset({"account_logout", "portal:logout", "demo:become"})


def of(route: str, method: str) -> str | None:
    """The exhibit of an address; None where nobody has said what it may show."""
    if route in SHOWS:
        return SHOWS[route][method == "POST"]
    return "nothing" if route in QUIET else None
