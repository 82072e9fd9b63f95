// tidy-allow(headers): included by the build script and by the program
// The list of commands, once: the build script grants from it, `commands.rs` handles it, a test compares both
// with the capability files and with the TypeScript side.

/// What the citizen's window may call, while it has the screen.
pub(crate) const CITIZEN_COMMANDS: &[&str] = &[
    "citizen_context",
    "citizen_comunas_search",
    "citizen_search_catalogue",
    "citizen_sheet",
    "citizen_check_document",
    "citizen_check_request",
    "citizen_file_request",
    "citizen_print_receipt",
    "citizen_call_help",
    "citizen_let_on",
    "citizen_alive",
    "citizen_end_session",
    "citizen_take_back",
];

/// What the staff's window may call, while it has the screen.
pub(crate) const STAFF_COMMANDS: &[&str] = &[
    "staff_context",
    "staff_today",
    "staff_comunas_search",
    "staff_search_catalogue",
    "staff_sheet",
    "staff_print_sheet",
    "staff_check_document",
    "staff_check_request",
    "staff_file_request",
    "staff_record_encounter",
    "staff_add_to_request",
    "staff_withdraw",
    "staff_void_last",
    "staff_print_copy",
    "staff_reprint_last",
    "staff_verify_code",
    "staff_explain_due",
    "staff_open_outing",
    "staff_close_outing",
    "staff_sync_start",
    "staff_sync_cancel",
    "staff_printer_get",
    "staff_printer_set",
    "staff_printer_test",
    "staff_unlock",
    "staff_enrol",
    "staff_set_pin",
    "staff_hand_over",
];
