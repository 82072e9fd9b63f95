//! What can be wrong with a spreadsheet, a survey or an answer, as one list of stable words.
//!
//! A word is the contract with scripts and with the sentences that people read; it never changes its meaning.

use crate::words::words;

words! {
    /// The rule that was broken.
    Code {
        /// The file isn't a spreadsheet of the format XLSX.
        NotASpreadsheet = "not_a_spreadsheet",
        /// The file is a spreadsheet of the format that came before XLSX.
        OldSpreadsheet = "old_spreadsheet",
        /// The file opens with a password.
        Encrypted = "encrypted",
        /// The file carries a program.
        Macros = "macros",
        /// The file draws on another file or on a database.
        ExternalData = "external_data",
        /// The file carries another file within it.
        EmbeddedObject = "embedded_object",
        /// The file is larger than its limit.
        FileTooLarge = "file_too_large",
        /// The file has more parts than its limit.
        TooManyParts = "too_many_parts",
        /// The file unpacks to more than its limit.
        UnpacksTooLarge = "unpacks_too_large",
        /// A part of the file is missing or can't be read.
        Damaged = "damaged",
        /// A part of the file declares a document type, by which files are made to grow.
        DocumentType = "document_type",
        /// The workbook lacks this sheet.
        SheetMissing = "sheet_missing",
        /// A sheet of another name.
        UnknownSheet = "unknown_sheet",
        /// Two sheets of one name.
        SheetTwice = "sheet_twice",
        /// More cells, rows or columns than their limit.
        SheetTooLarge = "sheet_too_large",
        /// The cell computes its value.
        Formula = "formula",
        /// The cell holds an error of the spreadsheet.
        CellError = "cell_error",
        /// The cell holds something other than text, a number, or true and false.
        UnsupportedCell = "unsupported_cell",
        /// The cell is merged with others.
        MergedCells = "merged_cells",
        /// More characters than the limit.
        TooLong = "too_long",
        /// A column that the subset lacks.
        UnknownColumn = "unknown_column",
        /// Two columns of one name.
        ColumnTwice = "column_twice",
        /// A column that must be there is missing.
        ColumnMissing = "column_missing",
        /// Something stands in a column without a name.
        UnnamedColumn = "unnamed_column",
        /// A language without its tag: it is written `Español (es-CL)`.
        LanguageWithoutTag = "language_without_tag",
        /// A type of question that the subset lacks.
        UnknownType = "unknown_type",
        /// A parameter that the subset lacks, or one written otherwise than `name=value`.
        UnknownParameter = "unknown_parameter",
        /// A value that the cell's column doesn't take.
        UnknownValue = "unknown_value",
        /// The type of question has no use for what stands here.
        NotUsed = "not_used",
        /// A group is closed that was not opened.
        GroupNotOpen = "group_not_open",
        /// A group is not closed.
        GroupNotClosed = "group_not_closed",
        /// A second row of settings.
        UnexpectedRow = "unexpected_row",
        /// More errors than are listed.
        MoreErrors = "more_errors",

        /// Not the form of a compiled survey.
        NotASurvey = "not_a_survey",
        /// What the survey says is written otherwise than this program writes it.
        OtherEncoding = "other_encoding",
        /// What must be there is absent or blank.
        Missing = "missing",
        /// A language's text is missing, and another's is there.
        TranslationMissing = "translation_missing",
        /// A text in a language that the survey doesn't have.
        UnknownLanguage = "unknown_language",
        /// Not a language tag of the forms `es`, `es-CL`.
        InvalidLanguage = "invalid_language",
        /// Not a name: a letter or `_`, then letters without accents, digits and `_`.
        InvalidName = "invalid_name",
        /// The name is taken.
        NameTwice = "name_twice",
        /// Not a version: a whole number from 1.
        InvalidVersion = "invalid_version",
        /// More of them than the limit.
        TooMany = "too_many",
        /// Groups lie within each other deeper than the limit.
        GroupTooDeep = "group_too_deep",
        /// No group of this name stands before.
        UnknownGroup = "unknown_group",
        /// A control character, or one that changes the direction of writing.
        ControlCharacter = "control_character",
        /// A label that names a question's answer.
        ReferenceInText = "reference_in_text",
        /// No list of choices has this name.
        UnknownList = "unknown_list",
        /// No question asks for this list.
        ListNotUsed = "list_not_used",
        /// A range other than whole numbers from a start to a higher end, within its limits.
        InvalidRange = "invalid_range",
        /// A range without words for its two ends.
        RangeWithoutWords = "range_without_words",
        /// A message for a rule that isn't there.
        MessageWithoutRule = "message_without_rule",
        /// A condition names a question that comes later.
        ReferenceAhead = "reference_ahead",
        /// A condition depends on itself, by way of the questions that it names.
        ReferenceCycle = "reference_cycle",
        /// A survey without a question.
        NoQuestion = "no_question",

        /// An expression that is longer than its limit.
        ExpressionTooLong = "expression_too_long",
        /// Parentheses and functions lie within each other deeper than the limit.
        ExpressionTooDeep = "expression_too_deep",
        /// A character that expressions have no use for.
        UnexpectedCharacter = "unexpected_character",
        /// A word or sign where another belongs.
        Unexpected = "unexpected",
        /// The expression ends where something is still due.
        Unfinished = "unfinished",
        /// A text without its closing quotation mark, or a `${` without its `}`.
        Unclosed = "unclosed",
        /// A number with a fraction: answers are whole numbers.
        NotWhole = "number_not_whole",
        /// A number of more digits than the limit.
        NumberTooLong = "number_too_long",
        /// A function that the subset lacks.
        UnknownFunction = "unknown_function",
        /// A function with too few or too many arguments, or with an argument of another kind.
        WrongArguments = "wrong_arguments",
        /// `.` where no question is meant: it stands for the question of a constraint.
        NoThis = "no_this",
        /// No question has this name.
        UnknownQuestion = "unknown_question",
        /// The question's list has no such choice.
        UnknownChoice = "unknown_choice",
        /// The two sides can't be compared, or a condition isn't true or false.
        TypeMismatch = "type_mismatch",

        /// Not the form of a filled answer.
        NotAnAnswer = "not_an_answer",
        /// The answer is to another survey or another version.
        OtherSurvey = "other_survey",
        /// A reply of another type than the question's.
        WrongType = "wrong_type",
        /// A reply to a question that, by the other replies, isn't asked.
        NotRelevant = "not_relevant",
        /// A number outside of its range.
        OutOfRange = "out_of_range",
        /// One choice twice.
        ChoiceTwice = "choice_twice",
        /// The reply breaks the question's own rule.
        Constraint = "constraint",
        /// "I don't know" to a question that isn't about a grade.
        CantBeUnknown = "cant_be_unknown",
        /// Replies of somebody who refused the survey.
        RefusedWithReplies = "refused_with_replies",
    }
}
