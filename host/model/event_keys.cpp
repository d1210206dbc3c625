#include "model/event_keys.hpp"

#include <array>
#include <span>

namespace fieldnote::model {
namespace {

struct Field {
  std::string_view name;
  Key key;
};

constexpr std::array batch_fields{Field{"type", Key::type}, Field{"seq", Key::seq},
                                  Field{"earlier", Key::earlier}, Field{"lost", Key::lost},
                                  Field{"events", Key::events}};
constexpr std::array wire_fields{Field{"kind", Key::kind},
                                 Field{"document", Key::document},
                                 Field{"n", Key::n},
                                 Field{"tab", Key::tab},
                                 Field{"frame", Key::frame},
                                 Field{"url", Key::url},
                                 Field{"top", Key::top},
                                 Field{"rule", Key::rule},
                                 Field{"cause", Key::cause},
                                 Field{"cause_document", Key::cause_document},
                                 Field{"navigation", Key::navigation},
                                 Field{"title", Key::title},
                                 Field{"target", Key::target},
                                 Field{"onto", Key::onto},
                                 Field{"value", Key::value},
                                 Field{"entry", Key::entry},
                                 Field{"files", Key::files},
                                 Field{"key", Key::key},
                                 Field{"modifiers", Key::modifiers},
                                 Field{"button", Key::button},
                                 Field{"scroll", Key::scroll},
                                 Field{"size", Key::size},
                                 Field{"changes", Key::changes},
                                 Field{"outline", Key::outline}};
constexpr std::array held_fields{Field{"kind", Key::kind},
                                 Field{"stream", Key::stream},
                                 Field{"seq", Key::seq},
                                 Field{"scope", Key::scope},
                                 Field{"document", Key::document},
                                 Field{"n", Key::n},
                                 Field{"tab", Key::tab},
                                 Field{"frame", Key::frame},
                                 Field{"app", Key::app},
                                 Field{"task", Key::task},
                                 Field{"url", Key::url},
                                 Field{"cause", Key::cause},
                                 Field{"cause_document", Key::cause_document},
                                 Field{"navigation", Key::navigation},
                                 Field{"title", Key::title},
                                 Field{"target", Key::target},
                                 Field{"onto", Key::onto},
                                 Field{"value", Key::value},
                                 Field{"entry", Key::entry},
                                 Field{"files", Key::files},
                                 Field{"key", Key::key},
                                 Field{"modifiers", Key::modifiers},
                                 Field{"button", Key::button},
                                 Field{"scroll", Key::scroll},
                                 Field{"size", Key::size},
                                 Field{"changes", Key::changes},
                                 Field{"outline", Key::outline}};
constexpr std::array target_fields{Field{"role", Key::role},
                                   Field{"name", Key::name},
                                   Field{"content", Key::content},
                                   Field{"label", Key::label},
                                   Field{"tag", Key::tag},
                                   Field{"type", Key::target_type},
                                   Field{"selectors", Key::selectors},
                                   Field{"matches", Key::matches},
                                   Field{"box", Key::box},
                                   Field{"point", Key::point},
                                   Field{"viewport", Key::viewport},
                                   Field{"frames", Key::frames},
                                   Field{"within", Key::within}};
constexpr std::array belonging_fields{Field{"role", Key::role}, Field{"name", Key::name},
                                      Field{"content", Key::content}};
constexpr std::array value_fields{Field{"class", Key::field_class},
                                  Field{"disclosure", Key::disclosure},
                                  Field{"text", Key::text},
                                  Field{"options", Key::options},
                                  Field{"checked", Key::checked},
                                  Field{"shape", Key::shape},
                                  Field{"cut", Key::cut}};
constexpr std::array shape_fields{Field{"length", Key::length},
                                  Field{"characters", Key::characters}, Field{"lines", Key::lines}};
constexpr std::array entry_fields{Field{"by", Key::by}, Field{"amount", Key::amount},
                                  Field{"keys", Key::keys}};
constexpr std::array files_fields{Field{"number", Key::number}, Field{"types", Key::types}};
constexpr std::array change_fields{Field{"what", Key::what}, Field{"text", Key::text}};
constexpr std::array outline_fields{Field{"digest", Key::digest}, Field{"state", Key::state},
                                    Field{"ref", Key::ref},       Field{"dialect", Key::dialect},
                                    Field{"frames", Key::frames}, Field{"lines", Key::lines}};

std::span<const Field> fields_at(Level level, Form form) {
  switch (level) {
    case Level::batch:
      return batch_fields;
    case Level::event:
      return form == Form::wire_batch ? std::span<const Field>(wire_fields) : held_fields;
    case Level::target:
      return target_fields;
    case Level::belonging:
      return belonging_fields;
    case Level::value:
      return value_fields;
    case Level::shape:
      return shape_fields;
    case Level::entry:
      return entry_fields;
    case Level::files:
      return files_fields;
    case Level::change:
      return change_fields;
    case Level::outline:
      return outline_fields;
    default:
      return {};
  }
}

constexpr KeySet seen{Key::target, Key::outline};
constexpr KeySet pointing{Key::target, Key::outline, Key::modifiers, Key::button};

}  // namespace

Key find_key(Level level, Form form, std::string_view name, std::size_t& next) {
  const auto fields = fields_at(level, form);
  if (name.empty()) return Key::none;
  std::size_t i = next;
  for (std::size_t tried = 0; tried < fields.size(); ++tried, ++i) {
    if (i >= fields.size()) i = 0;
    // Most are told apart by their first letter.
    if (fields[i].name.front() != name.front() || fields[i].name != name) continue;
    next = i + 1;
    return fields[i].key;
  }
  return Key::none;
}

KeySet required_keys(Level level, Form form) {
  switch (level) {
    case Level::event:
      return form == Form::wire_batch
                 ? KeySet{Key::kind, Key::document, Key::n, Key::tab, Key::frame, Key::url}
                 : KeySet{Key::kind,   Key::document, Key::n,     Key::tab, Key::frame,
                          Key::stream, Key::seq,      Key::scope, Key::app};
    case Level::target:
      return {Key::role, Key::name, Key::tag, Key::selectors, Key::box};
    case Level::belonging:
      return {Key::role, Key::name};
    case Level::value:
      return {Key::field_class, Key::disclosure};
    case Level::shape:
      return {Key::length, Key::characters, Key::lines};
    case Level::entry:
      return {Key::by};
    case Level::files:
      return {Key::number, Key::types};
    case Level::change:
      return {Key::what};
    case Level::outline:
      return {Key::digest};
    default:
      return {};
  }
}

KeySet keys_of_kinds() {
  return {Key::navigation, Key::title, Key::target,  Key::onto,      Key::value,
          Key::entry,      Key::files, Key::key,     Key::modifiers, Key::button,
          Key::scroll,     Key::size,  Key::changes, Key::outline};
}

KindRule rule_of(Kind kind) {
  switch (kind) {
    case Kind::click:
    case Kind::double_click:
    case Kind::context_menu:
      return {{Key::target}, pointing};
    case Kind::drag:
      return {{Key::target, Key::onto}, KeySet{Key::onto}.both(pointing)};
    case Kind::hover:
    case Kind::submit:
    case Kind::reset:
      return {{Key::target}, seen};
    case Kind::scroll:
      return {{Key::target, Key::scroll}, seen.both({Key::scroll})};
    case Kind::input:
      return {{Key::target, Key::value}, seen.both({Key::value, Key::entry})};
    case Kind::select:
    case Kind::check:
      return {{Key::target, Key::value}, seen.both({Key::value})};
    case Kind::file:
      return {{Key::target, Key::files}, seen.both({Key::files})};
    case Kind::key:
      return {{Key::target, Key::key}, seen.both({Key::key, Key::modifiers})};
    case Kind::copy:
    case Kind::cut:
    case Kind::paste:
      return {{Key::target, Key::size}, seen.both({Key::size})};
    case Kind::navigate:
      return {{Key::navigation}, {Key::navigation, Key::title}};
    case Kind::download:
      return {{Key::files}, {Key::files}};
    case Kind::effect:
      return {{Key::changes, Key::cause}, {Key::changes}};
    case Kind::outline:
      return {{Key::outline}, {Key::outline}};
    case Kind::tab_opened:
    case Kind::tab_closed:
    case Kind::tab_switched:
    case Kind::away:
    case Kind::back:
      return {};
  }
  return {};
}

}  // namespace fieldnote::model
