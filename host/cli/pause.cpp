// fieldnote pause, fieldnote resume: in all of the person's browsers at once; nobody is told.
#include <ctime>
#include <iostream>
#include <memory>

#include "cli/choosing.hpp"
#include "cli/own_spool.hpp"
#include "cli/terminal.hpp"
#include "recorder/pause.hpp"

namespace fieldnote::cli {
namespace {

// 14:30 today, or tomorrow where that is past; where the person is.
std::optional<std::chrono::sys_seconds> time_of_day(const std::string& text) {
  int hour = 0;
  int minute = 0;
  int end = 0;
  if (std::sscanf(text.c_str(), "%2d:%2d%n", &hour, &minute, &end) != 2 ||
      static_cast<std::size_t>(end) != text.size() || hour < 0 || hour > 23 || minute < 0 ||
      minute > 59)
    return std::nullopt;
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::localtime_r(&now, &parts);
  parts.tm_hour = hour;
  parts.tm_min = minute;
  parts.tm_sec = 0;
  parts.tm_isdst = -1;
  std::time_t then = std::mktime(&parts);
  if (then <= now) {
    ++parts.tm_mday;
    parts.tm_isdst = -1;
    then = std::mktime(&parts);
  }
  return std::chrono::sys_seconds(std::chrono::seconds(then));
}

Exit pause_for(const std::string& length) {
  channel::PauseRequest request;
  if (const auto until = time_of_day(length)) {
    request.until = until;
  } else if (length != "until-resumed") {
    request.minutes = read_duration(length);
    if (!request.minutes)
      return fail("a pause lasts 15m, 1h, until a time like 14:30, or until-resumed; not " +
                  printable(length));
  }
  auto spool = open_own_spool(Missing::is_made);
  if (!spool) return fail(spool.error());
  if (auto begun = recorder::begin_pause(**spool, request); !begun)
    return fail_own(begun.error(), **spool);
  std::cout << styled("Paused", Style::bold) << ", in all of your browsers"
            << (length == "until-resumed" ? ", until you resume"
                : request.until           ? ", until " + length
                                          : ", for " + duration_text(*request.minutes))
            << ". Nobody is told. `fieldnote resume` goes on.\n";
  return Exit::good;
}

Exit resume() {
  auto spool = open_own_spool(Missing::is_made);
  if (!spool) return fail(spool.error());
  const auto person = (*spool)->person();
  if (!person) return fail_own(person.error(), **spool);
  const auto now = platform::now();
  const bool paused = person->pause && (!now || !person->pause->is_over(*now));
  if (auto ended = recorder::end_pause(**spool); !ended) return fail_own(ended.error(), **spool);
  std::cout << (paused ? styled("Resumed", Style::bold) + ", in all of your browsers.\n"
                       : "There was no pause.\n");
  return Exit::good;
}

}  // namespace

void add_pause(CLI::App& program, Exit& exit) {
  CLI::App* pause = program.add_subcommand(
      "pause", "Pauses recording in all of your browsers at once; nobody is told");
  auto length = std::make_shared<std::string>("until-resumed");
  pause->add_option("length", *length, "15m, 1h, 14:30, or until-resumed")->capture_default_str();
  pause->callback([length, &exit] { exit = pause_for(*length); });
  program.add_subcommand("resume", "Ends a pause")->callback([&exit] { exit = resume(); });
}

}  // namespace fieldnote::cli
