// Makes an event that was admitted fit to be held: value, names, selectors and address. What is
// masked keeps its identity within the scope. Not thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "model/arena.hpp"
#include "model/event.hpp"
#include "model/outline.hpp"
#include "policy/assignment.hpp"
#include "redact/counts.hpp"
#include "redact/field_verdict.hpp"
#include "redact/masker.hpp"

namespace fieldnote::redact {

class Redactor {
 public:
  Redactor();

  // Changes `event` in place; new texts live in `arena`. Counts what was taken away by disclosure
  // and class, or by place.
  void redact(model::Event& event, const policy::Team& team, model::Arena& arena, Counts& counts);

  // Makes the lines of an event of kind `outline` lines of the dialect, each text by what it is.
  // False where a line is none: nothing of such an outline is kept.
  [[nodiscard]] bool redact_outline(model::Event& event, const policy::Team& team,
                                    model::Arena& arena, Counts& counts);

  // Any text of the page that stays readable, without what is private in it: at most so many code
  // points, as the schema says. `place` names it in the ledger: "title".
  [[nodiscard]] std::string_view redact_text(std::string_view text, std::string_view place,
                                             std::size_t most, model::Arena& arena, Counts& counts);

  // The same for a text of many lines, such as an outline: whole lines, at most so many bytes.
  [[nodiscard]] std::string_view redact_lines(std::string_view text, std::string_view place,
                                              std::size_t most, model::Arena& arena,
                                              Counts& counts);

  // The placeholder of a text of the page that does not stay readable.
  [[nodiscard]] std::string_view mask_text(std::string_view text, std::string_view place,
                                           model::Arena& arena, Counts& counts);

  // The same for what the page only shows, such as a title: it is not looked for in other texts.
  [[nodiscard]] std::string_view shown_text(std::string_view text, std::string_view place,
                                            model::Arena& arena, Counts& counts);

  // For the gate, which looks for the same.
  [[nodiscard]] Masker& masker() { return masker_; }

  // 8 hex digits; placeholders of different scopes have nothing to do with each other.
  [[nodiscard]] std::string_view scope() const { return scope_; }

  // Nothing is remembered of what was before.
  void begin_scope();

  // The same, and what is private in the words of the task is masked before anything else: it gets
  // the numbers that it has where the words are redacted alone, in this scope and in each that
  // follows while the task goes on. Such a scope begins with the first digits of the task's id.
  void begin_scope(std::string_view task, std::string_view words);
  static constexpr std::size_t task_digits = 4;

 private:
  // `search`: whether what is masked is looked for in other texts.
  void redact_value(model::Event& event, const policy::Team& team, model::Arena& arena,
                    Counts& counts, Placeholders::Search search = Placeholders::Search::everywhere);
  void redact_outline_value(model::OutlineLine& line, const model::Event& event,
                            const policy::Team& team, model::Arena& arena, Counts& counts);
  void redact_target(model::Target& target, model::Arena& arena, Counts& counts);
  void name_scope();
  [[nodiscard]] std::string_view word_of_page(std::string_view word, Counts& counts);
  void redact_entry(model::Event& event, const policy::Team& team, Counts& counts);
  void redact_selectors(model::Target& target, Counts& counts);
  const Context& context_of(const model::Event& event);

  std::string scope_;
  std::string task_, words_;    // that the scope began with
  std::string routed_, route_;  // the last address and its route
  // What is known about the fields that something was typed in.
  static constexpr std::size_t most_fields = 512;
  std::unordered_map<std::string, Context> fields_;  // by name, address and class
  std::string field_;
  FieldJudge judge_field_;
  Masker masker_;
};

}  // namespace fieldnote::redact
