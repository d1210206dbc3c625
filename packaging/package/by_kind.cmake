# Read by CPack for each kind of package.
if(CPACK_GENERATOR STREQUAL "RPM")
  set(CPACK_COMPONENTS_ALL everywhere rpm lib64)
else()
  set(CPACK_COMPONENTS_ALL everywhere deb)
endif()
