// How long a large organisation's policy takes to check, and how long a page takes to be held
// against one person's sites. Prints one JSON object.
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <fstream>
#include <iostream>

#include "policy/assignment.hpp"
#include "seal/x25519_identity.hpp"

namespace {

using namespace fieldnote;
namespace fs = std::filesystem;
namespace json = boost::json;
using Clock = std::chrono::steady_clock;

constexpr std::size_t teams = 1000;
constexpr std::size_t sites_a_team = 20;
constexpr std::size_t persons_sites = 500;
constexpr std::size_t lookups = 200000;

void write(const fs::path& path, const json::value& content) {
  std::ofstream(path) << json::serialize(content);
}

json::object site(std::size_t number) {
  const std::string host = "tool" + std::to_string(number) + ".corp.example";
  // A third of them by a wildcard, which asks the list of public suffixes.
  return {{"url", "https://" + std::string(number % 3 == 0 ? "*." : "") + host + "/app/*"},
          {"app", "tool"}};
}

json::object team(std::string_view user, std::size_t first, std::size_t count) {
  json::array sites;
  json::array exclude;
  for (std::size_t i = 0; i < count; ++i) {
    sites.push_back(site(first + i));
    if (i % 5 == 0)
      exclude.emplace_back("https://tool" + std::to_string(first + i) + ".corp.example/app/hr/*");
  }
  return {{"members", {{"users", {user}}}}, {"sites", sites}, {"exclude", exclude}};
}

void write_policy(const fs::path& folder) {
  fs::create_directories(folder / "teams.d");
  write(folder / "policy.json",
        {{"organisation", "Example Corp"},
         {"notice", {{"purpose", "p"}, {"lawful_basis", "l"}, {"contact", "c"}}},
         {"recipients", {seal::X25519Identity::generate().recipient().text()}}});
  for (std::size_t i = 0; i < teams; ++i)
    write(folder / "teams.d" / ("team" + std::to_string(i) + ".json"),
          team("user" + std::to_string(i), i * sites_a_team, sites_a_team));
}

double check_ms(const fs::path& folder) {
  const auto start = Clock::now();
  const auto policy = policy::read_policy(folder).value();
  const std::chrono::duration<double, std::milli> took = Clock::now() - start;
  if (policy.teams.size() != teams) throw std::runtime_error("not all teams were read");
  return took.count();
}

double match_us(const fs::path& folder) {
  fs::create_directories(folder / "teams.d");
  fs::copy_file(folder.parent_path() / "policy.json", folder / "policy.json");
  write(folder / "teams.d" / "all.json", team("alice", 0, persons_sites));
  const auto policy = policy::read_policy(folder).value();
  const policy::Assignment assignment(policy, {"alice", {}});
  std::vector<std::string> urls;
  for (std::size_t i = 0; i < persons_sites; ++i)
    urls.push_back("https://" + std::string(i % 3 == 0 ? "eu." : "") + "tool" + std::to_string(i) +
                   ".corp.example/app/tickets/" + std::to_string(i) + "?view=all");
  std::size_t found = 0;
  const auto start = Clock::now();
  for (std::size_t i = 0; i < lookups; ++i)
    found += assignment.match(urls[i % urls.size()]).has_value() ? 1 : 0;
  const std::chrono::duration<double, std::micro> took = Clock::now() - start;
  if (found != lookups) throw std::runtime_error("a listed page was not found");
  return took.count() / static_cast<double>(lookups);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (argc != 2) throw std::runtime_error("wants a folder that is not there yet");
    const fs::path folder = argv[1];
    write_policy(folder);
    const double check = check_ms(folder);
    std::cout << json::serialize(
                     json::object{{"check_ms", check}, {"match_us", match_us(folder / "one")}})
              << '\n';
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "policy_bench: " << error.what() << '\n';
    return 1;
  }
}
