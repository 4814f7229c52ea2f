@echo off
rem Runs Maven: an installed one from 3.8 on, else a pinned one, fetched once and used only when its checksum is right.
setlocal enableextensions
set "MAVEN_VERSION=3.9.11"
set "MAVEN_SHA512=bcfe4fe305c962ace56ac7b5fc7a08b87d5abd8b7e89027ab251069faebee516b0ded8961445d6d91ec1985dfe30f8153268843c89aa392733d1a3ec956c9978"
set "MAVEN_URL=https://archive.apache.org/dist/maven/maven-3/%MAVEN_VERSION%/binaries/apache-maven-%MAVEN_VERSION%-bin.tar.gz"
if defined MVNW_URL set "MAVEN_URL=%MVNW_URL%"

call mvn --version 2>nul | findstr /r /c:"Apache Maven 3\.[89]" /c:"Apache Maven 3\.[1-9][0-9]" /c:"Apache Maven [4-9]" >nul
if not errorlevel 1 (
  call mvn %*
  exit /b
)

set "WRAPPER=%USERPROFILE%\.m2\wrapper"
set "MAVEN=%WRAPPER%\apache-maven-%MAVEN_VERSION%"
if exist "%MAVEN%\bin\mvn.cmd" goto run
if not exist "%WRAPPER%" mkdir "%WRAPPER%"
echo mvnw: no Maven 3.8 or newer is installed: fetching Maven %MAVEN_VERSION% 1>&2
curl --fail --silent --show-error --location --output "%WRAPPER%\maven.tar.gz" "%MAVEN_URL%"
if errorlevel 1 (
  echo mvnw: %MAVEN_URL% cannot be fetched: install Maven 3.8 or newer, or name a mirror in MVNW_URL. 1>&2
  exit /b 1
)
certutil -hashfile "%WRAPPER%\maven.tar.gz" SHA512 | findstr /i /c:"%MAVEN_SHA512%" >nul
if errorlevel 1 (
  del "%WRAPPER%\maven.tar.gz"
  echo mvnw: what %MAVEN_URL% sent is not Maven %MAVEN_VERSION%, its SHA-512 differs: nothing was installed. 1>&2
  exit /b 1
)
tar -xzf "%WRAPPER%\maven.tar.gz" -C "%WRAPPER%"
del "%WRAPPER%\maven.tar.gz"

:run
call "%MAVEN%\bin\mvn.cmd" %*
exit /b
