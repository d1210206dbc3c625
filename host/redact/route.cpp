#include "redact/route.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "policy/site.hpp"

namespace fieldnote::redact {
namespace {

constexpr std::size_t longest_word = 40;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_hex(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == '-';
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

template <std::size_t size>
bool is_among(const std::string_view (&words)[size], std::string_view text) {
  return std::find(std::begin(words), std::end(words), lower(text)) != std::end(words);
}

// What follows one of these is a person...
constexpr std::string_view of_people[] = {
    "account",  "accounts",  "agent",      "agents",   "applicant", "applicants", "author",
    "authors",  "candidate", "candidates", "client",   "clients",   "colleague",  "contact",
    "contacts", "customer",  "customers",  "employee", "employees", "lead",       "leads",
    "member",   "members",   "patient",    "patients", "people",    "person",     "persons",
    "profile",  "profiles",  "staff",      "student",  "students",  "u",          "user",
    "users",    "worker",    "workers"};

// ... unless it is one of the tool's own words.
constexpr std::string_view of_tools[] = {
    "active",   "activity",    "add",         "admin",   "all",      "api",       "archive",
    "assigned", "audit",       "batch",       "bulk",    "create",   "dashboard", "delete",
    "details",  "edit",        "export",      "filter",  "groups",   "history",   "home",
    "import",   "inactive",    "index",       "info",    "invite",   "list",      "login",
    "logout",   "me",          "merge",       "my",      "new",      "notes",     "overview",
    "password", "permissions", "preferences", "profile", "recent",   "register",  "report",
    "reports",  "reset",       "roles",       "search",  "security", "self",      "settings",
    "show",     "signin",      "signup",      "summary", "tags",     "teams",     "update",
    "upload",   "view"};

// After the dot of a file, as in index.html.
constexpr std::string_view endings[] = {
    "action", "ashx", "asp", "aspx", "cgi",  "csv",   "do",   "docx", "faces", "gif", "htm",
    "html",   "jpeg", "jpg", "js",   "json", "jsf",   "jsp",  "jspa", "md",    "mjs", "pdf",
    "php",    "png",  "svg", "svc",  "txt",  "xhtml", "xlsx", "xml",  "zip"};

// jane.doe, and no index.html
bool is_two_names(std::string_view segment) {
  const std::size_t dot = segment.find('.');
  if (dot == std::string_view::npos || dot == 0 || dot + 1 == segment.size()) return false;
  const std::string_view last = segment.substr(segment.rfind('.') + 1);
  return !is_among(endings, last) && std::all_of(segment.begin(), segment.end(), [](char c) {
    return is_letter(c) || c == '.' || c == '-';
  });
}

// The segment as the tool reads it, if it is plain then: no escape, no parameter after ';'.
std::optional<std::string> decoded(std::string_view segment) {
  std::string out;
  segment = segment.substr(0, segment.find(';'));
  for (std::size_t at = 0; at < segment.size(); ++at) {
    char c = segment[at];
    if (c == '%') {
      int value = 0;
      const auto* end = segment.data() + std::min(segment.size(), at + 3);
      const auto read = std::from_chars(segment.data() + at + 1, end, value, 16);
      if (read.ec != std::errc() || read.ptr != segment.data() + at + 3) return std::nullopt;
      c = static_cast<char>(value);
      if (!is_letter(c) && !is_digit(c) && c != '-' && c != '_' && c != '.') return std::nullopt;
      at += 2;
    }
    out += c;
  }
  return out;
}

}  // namespace

bool names_a_record(std::string_view segment) {
  const auto digits = std::count_if(segment.begin(), segment.end(), is_digit);
  if (segment.size() > longest_word || segment.find('@') != std::string_view::npos ||
      segment.find('%') != std::string_view::npos)
    return true;
  if (segment.starts_with('~') || segment.find('=') != std::string_view::npos ||
      is_two_names(segment))
    return true;
  if (digits == 0) return false;
  const bool all_digits = digits == static_cast<std::ptrdiff_t>(segment.size());
  // ABC-12, issue_7: a word, a hyphen, a number.
  const std::size_t joint = segment.find_last_of("-_.");
  const bool ends_in_number = joint != std::string_view::npos && joint + 1 < segment.size() &&
                              std::all_of(segment.begin() + static_cast<std::ptrdiff_t>(joint) + 1,
                                          segment.end(), is_digit);
  const bool hash = segment.size() >= 8 && std::all_of(segment.begin(), segment.end(), is_hex);
  return all_digits || digits >= 3 || ends_in_number || hash;
}

namespace {

// Segments between slashes, as the tool reads them or as `:id`.
void append_path(std::string& out, std::string_view path) {
  std::string before;
  while (!path.empty()) {
    const std::string_view segment = path.substr(0, path.find('/'));
    path.remove_prefix(segment.size());
    const auto plain = decoded(segment);
    const bool names =
        !plain || names_a_record(*plain) ||
        (is_among(of_people, before) && !plain->empty() && !is_among(of_tools, *plain));
    out += names ? ":id" : *plain;
    before = names ? std::string() : *plain;
    if (path.empty()) return;
    out += '/';
    path.remove_prefix(1);
  }
}

}  // namespace

std::string route(std::string_view url) {
  const auto address = policy::Address::parse(url);
  if (!address) return {};
  const std::string_view origin =
      url.substr(0, static_cast<std::size_t>(address->host.end() - url.begin()));
  std::string out(origin);
  const bool own_port = address->port == (address->scheme == "https" ? 443 : 80);
  if (!own_port) out += ':' + std::to_string(address->port);
  append_path(out, address->path);
  return out;
}

std::string link_route(std::string_view href) {
  href = href.substr(0, href.find_first_of("?#"));
  const std::size_t scheme = href.find_first_of(":/");
  if (scheme != std::string_view::npos && href[scheme] == ':') {
    const std::string absolute = route(href);
    return absolute.empty() ? std::string(href.substr(0, scheme + 1)) : absolute;
  }
  std::string out;
  append_path(out, href);
  return out;
}

std::size_t origin_size(std::string_view url) {
  const std::size_t host = url.find("://");
  return host == std::string_view::npos ? 0 : std::min(url.find('/', host + 3), url.size());
}

}  // namespace fieldnote::redact
