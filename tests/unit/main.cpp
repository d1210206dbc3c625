#define BOOST_TEST_MODULE fieldnote
#include <boost/test/unit_test.hpp>
