#define BOOST_TEST_MODULE fieldnote_fault
#include <boost/test/unit_test.hpp>
#include <csignal>
#include <iostream>

#include "chance.hpp"

namespace {

// Every run says how to have it again.
struct Run {
  Run() {
    std::signal(SIGPIPE, SIG_IGN);
    std::cout << "FIELDNOTE_FAULT_SEED=" << fieldnote::fault::seed()
              << " FIELDNOTE_FAULT_ROUNDS=" << fieldnote::fault::rounds() << std::endl;
  }
};

}  // namespace

BOOST_TEST_GLOBAL_FIXTURE(Run);
