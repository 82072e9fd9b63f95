//! The table.

mod closings;
mod files;
mod forks;
mod intake;
mod kept;
mod manifests;
mod opening;
mod publications;
mod stands;
mod surveys;
mod unlocks;

use std::pin::Pin;
use std::sync::Arc;

use central_db::Store;

type Case = fn(Arc<dyn Store>) -> Pin<Box<dyn Future<Output = ()> + Send>>;

macro_rules! cases {
    ($($module:ident: $($name:ident),+;)+) => {
        vec![$($((
            concat!(stringify!($module), "::", stringify!($name)),
            (|store| Box::pin($module::$name(store))) as Case,
        )),+),+]
    };
}

/// Every case by name.
pub(crate) fn all() -> Vec<(&'static str, Case)> {
    cases! {
        stands: same_key_same_answer, a_used_code_refuses_another_key, codes_run_out, unknown_code_and_wrong_proof_look_alike,
            prefixes_are_unique, a_stand_works_at_the_space_of_its_code, a_stand_is_extended_and_never_shortened, a_revocation_is_final;
        intake: in_order, every_repetition_is_the_same_answer, twenty_pushes_five_times_at_once, overlaps_store_what_is_new,
            a_gap_is_answered_and_not_kept, ledgers_do_not_meet, unknown_stands_are_refused,
            a_ledger_may_be_empty_of_nothing;
        kept: the_same_bytes_are_kept_once, a_day_has_its_limits, all_days_together_have_their_limits, a_person_makes_room;
        forks: a_clone_is_kept_apart, a_restored_disk_is_found, a_storm_of_clones, another_beginning_is_kept,
            branches_have_an_end, revoked_and_expired_are_quarantined, a_known_push_keeps_its_reason;
        files: only_what_an_entry_announces, the_first_word_stays, a_position_and_a_stand_have_their_limits,
            a_request_finds_its_attachments;
        opening: entries_wait_in_order_until_opened, opened_twice_stands_once, a_dead_letter_is_listed_until_it_opens,
            unknown_kinds_wait_for_a_newer_program, requests_for_content_are_listed_newest_first, requests_by_due_date, requests_of_a_space,
            a_list_goes_on_where_it_was_left, follow_ups_change_what_they_may, only_the_paper_withdraws, papers_are_recognised;
        manifests: a_number_only_grows, a_forgotten_number_is_overtaken, watermarks_name_every_branch, the_directory_names_everyone;
        publications: each_kind_is_numbered_and_the_newest_is_in_force, nothing_comes_twice_or_back,
            the_same_at_many_places_at_once_is_published_once;
        closings: a_closing_is_counted_once_all_of_its_outing_is_open, a_clone_s_outing_is_counted_along_its_own_branch,
            an_outing_without_its_end_is_listed,
            what_rested_counts_once_and_where_it_was_closed;
        surveys: a_draw_gathers_what_came_of_it, a_forked_draw_is_two;
        unlocks: an_unlocking_is_written_down_once_and_never_for_a_revoked_stand;
    }
}
