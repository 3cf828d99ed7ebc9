# Debian packages: headroom (the program) and headroom-dev (for authors of plugins).  `./dev deb` makes them.
#
# The deb preset configures with prefix /usr, so that Debian's own folder for libraries is used; a plain `cpack` of another
# build works too, because the program looks for its plugins beside itself.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME headroom)
set(CPACK_PACKAGE_VENDOR Headroom)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "") # each package has its own, the first line of its description
set(CPACK_PACKAGE_CONTACT "Headroom maintainers <maintainers@headroom.example.org>")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_STRIP_FILES ON)
set(CPACK_THREADS 0)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL app dev)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

set(CPACK_DEBIAN_APP_PACKAGE_NAME headroom)
set(CPACK_DEBIAN_APP_PACKAGE_SECTION science)
set(CPACK_DEBIAN_APP_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_APP_PACKAGE_SUGGESTS chromium) # prints a report
set(CPACK_COMPONENT_APP_DESCRIPTION "financial resilience calculator for English councils
Headroom loads a council's medium-term financial plan, savings and reserves
from a folder of CSV files, runs scenario plugins over it, and shows the
budget gap, the reserves year by year, and what breaks them.")

set(CPACK_DEBIAN_DEV_PACKAGE_NAME headroom-dev)
set(CPACK_DEBIAN_DEV_PACKAGE_SECTION devel)
# The release belongs to the version: headroom (= 0.1.0) is not met by 0.1.0-1.
set(CPACK_DEBIAN_DEV_PACKAGE_RECOMMENDS
  "headroom (= ${PROJECT_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE})")
set(CPACK_COMPONENT_DEV_DESCRIPTION "header for scenario plugins of the Headroom calculator
Scenario plugins change the inputs of a council's financial plan; Headroom
computes the plan again. This package holds the one header that a plugin
needs, with support for CMake and pkg-config.")

if(HEADROOM_DEB)
  file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/install)
  foreach(component app dev)
    string(TOUPPER ${component} upper)
    set(package ${CPACK_DEBIAN_${upper}_PACKAGE_NAME})
    set(changelog ${PROJECT_BINARY_DIR}/install/${package}/changelog.Debian)
    configure_file(${CMAKE_CURRENT_LIST_DIR}/changelog.Debian.in ${changelog} @ONLY)
    execute_process(COMMAND gzip -9nf ${changelog} COMMAND_ERROR_IS_FATAL ANY)
    install(FILES ${CMAKE_CURRENT_LIST_DIR}/copyright ${changelog}.gz
      DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${package} COMPONENT ${component})
  endforeach()
  # A plugin that calls nothing of the C library is as it should be.
  file(WRITE ${PROJECT_BINARY_DIR}/install/overrides "headroom: shared-library-lacks-prerequisites\n")
  install(FILES ${PROJECT_BINARY_DIR}/install/overrides RENAME headroom
    DESTINATION ${CMAKE_INSTALL_DATADIR}/lintian/overrides COMPONENT app)
endif()

include(CPack)
